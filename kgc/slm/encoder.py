"""The English encoder: two ONNX graphs and one table of word pieces, run by onnxruntime, one thread a session.

What a package holds in `encoder/` (written by `kgc.slm.train`), and what the graphs take:

- `config.json`: `pieces` (most word pieces a window, the two marks at its ends included), `width`, `labels` (BIO, "O"
  first), `relations` ("none" first; "BornIn>" has its head first in the text, "BornIn<" its tail), `temperature`
  {entity, relation}, `thresholds` {relation: least probability}, `features` (bits a word), `distance` (most words
  between the two names of a pair), `types` (the kinds of names that the relation graph knows, in order).
- `words.npy` int8 [v, width], `words_scale.npy` float32 [v]: row i of the table is `words[i] * words_scale[i]`.
- `encoder.onnx`: `inputs_embeds` f32 [b, s, width], `features` f32 [b, s, features] (a word's bits at its first piece,
  zero at the others and at the marks), `mask` i64 [b, s] -> `logits` f32 [b, s, labels], `hidden` f32 [b, s, width].
- `relations.onnx`: see `kgc.slm.pairs`.

Words are those of `kgc.slm.words`; a window is `[CLS] pieces of whole sentences [SEP]`.
"""
