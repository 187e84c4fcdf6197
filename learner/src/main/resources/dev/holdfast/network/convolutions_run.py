# convolutions.py as it runs, the same to the bit with less to do: weights come in parts that have their shapes, w[@LAST@ + 2] and
# w[@LAST@ + 3] the output layers, and the three places that a layer looks at are read out of one padded array.
class Module(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Module, w: List[Tensor], x: Tensor) -> Tensor:
    tokens = torch.size(x, 0)
    h = torch.linear(x, w[0], w[1])
    h = torch.layer_norm(torch.gelu(h), [@WIDTH@], w[2], w[3], 1.0e-05, False)
    reach = [@REACH@]
    for layer in range(@LAYERS@):
      o = 4 + 6 * layer
      r = reach[layer]
      here = torch.layer_norm(h, [@WIDTH@], w[o], w[o + 1], 1.0e-05, False)
      padded = torch.constant_pad_nd(here, [0, 0, r, r], 0.)
      seen = torch.as_strided(padded, [tokens, 3, @WIDTH@], [@WIDTH@, r * @WIDTH@, 1], 0)
      value, gate = torch.chunk(torch.linear(torch.reshape(seen, [tokens, 3 * @WIDTH@]), w[o + 2], w[o + 3]), 2, 1)
      h = torch.add(h, torch.linear(torch.mul(value, torch.sigmoid(gate)), w[o + 4], w[o + 5]))
    h = torch.layer_norm(h, [@WIDTH@], w[@LAST@], w[@LAST@ + 1], 1.0e-05, False)
    return torch.linear(h, w[@LAST@ + 2], w[@LAST@ + 3])
