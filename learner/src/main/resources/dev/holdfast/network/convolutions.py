# Holdfast's own encoder, as TorchScript. Words and layout in, one vector a token out: gated residual convolutions over the
# reading order, each looking twice as far as the one before, so cost is linear in the tokens.
# flat holds all weights one after the other; Convolutions.java has their sizes in the same order.
class Module(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def encode(self: __torch__.Module, flat: Tensor, x: Tensor) -> Tensor:
    w = torch.split_with_sizes(flat, [@SIZES@], 0)
    tokens = torch.size(x, 0)
    h = torch.linear(x, torch.view(w[0], [@WIDTH@, -1]), w[1])
    h = torch.layer_norm(torch.gelu(h), [@WIDTH@], w[2], w[3], 1.0e-05, False)
    reach = [@REACH@]
    for layer in range(@LAYERS@):
      o = 4 + 6 * layer
      r = reach[layer]
      here = torch.layer_norm(h, [@WIDTH@], w[o], w[o + 1], 1.0e-05, False)
      before = torch.slice(torch.constant_pad_nd(here, [0, 0, r, 0], 0.), 0, 0, tokens, 1)
      after = torch.slice(torch.constant_pad_nd(here, [0, 0, 0, r], 0.), 0, r, tokens + r, 1)
      seen = torch.cat([before, here, after], 1)
      value, gate = torch.chunk(torch.linear(seen, torch.view(w[o + 2], [@TWICE@, -1]), w[o + 3]), 2, 1)
      h = torch.add(h, torch.linear(torch.mul(value, torch.sigmoid(gate)), torch.view(w[o + 4], [@WIDTH@, -1]), w[o + 5]))
    return torch.layer_norm(h, [@WIDTH@], w[@LAST@], w[@LAST@ + 1], 1.0e-05, False)
  def forward(self: __torch__.Module, flat: Tensor, x: Tensor, head: Tensor) -> Tensor:
    h = (self).encode(flat, x)
    weight, bias = torch.split_with_sizes(head, [@WIDTH@, 1], 1)
    return torch.linear(h, weight, torch.squeeze(bias, 1))
