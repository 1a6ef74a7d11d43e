---@meta

--- # Own additions
---
--- What Haka did not have stands in the table `tiaki` and on its objects, so that no name of Haka means something else.
