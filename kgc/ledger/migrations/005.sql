-- Which facts a passage supports, so that the facts of one document are found without reading all.
CREATE INDEX support_chunk ON support (chunk);
