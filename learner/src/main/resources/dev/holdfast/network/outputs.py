# Output layers over vectors of tokens, as TorchScript: a row of weights and a bias at its end for each number that comes out.
class Module(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Module, vectors: Tensor, heads: Tensor) -> Tensor:
    weight, bias = torch.split_with_sizes(heads, [torch.size(heads, 1) - 1, 1], 1)
    return torch.linear(vectors, weight, torch.squeeze(bias, 1))
