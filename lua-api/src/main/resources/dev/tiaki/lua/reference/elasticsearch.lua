---@meta misc/elasticsearch

--- # misc/elasticsearch
---
--- Documents are sent by a thread of the connector, many in one `_bulk` request, with a timeout of 5 seconds; the rule never waits. At most 16 MB wait: what comes while the server does not keep
--- up is dropped, counted and logged. Failures are logged in section `elasticsearch`, the same one once. Types are sent to servers before version 7 only, which is where they ended. Tables become JSON
--- objects, numbers real ones, objects with a text form strings; `function cannot be converted to json`.

---@class haka.Elasticsearch
local Elasticsearch = {}

---Makes an index before the first document; that it exists already is no problem.
---@param index string
---@param settings table
function Elasticsearch:newindex(index, settings) end

---Error `invalid parameter`.
---@param index string
---@param type string
---@param id string?
---@param document table
function Elasticsearch:insert(index, type, id, document) end

---@param index string
---@param type string
---@param id string
---@param document table
function Elasticsearch:update(index, type, id, document) end

---`YYYY/MM/DD HH:MM:SS` in UTC.
---@param time haka.Time
---@return string
function Elasticsearch:timestamp(time) end

---24 random letters.
---@return string
function Elasticsearch:genid() end

--- ## Module

local elasticsearch = {}

---@param url string Such as `http://host:9200`.
---@return haka.Elasticsearch
function elasticsearch.connector(url) end

return elasticsearch
