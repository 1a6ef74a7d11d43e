---@meta list

--- # Result tables
---
--- ```lua
--- local list = require('list')
--- local Ports = list.new('ports')
--- Ports.field = { 'port', 'bytes' }
--- Ports.key = 'port'
--- Ports.field_aggregate = { bytes = list.aggregator.add }
--- local ports = Ports:new()
--- ports:add{ { port = 80, bytes = 10 }, { port = 443, bytes = 5 } }
--- print(ports.bytes, ports:get(80).bytes)   --> 15 10
--- ```

local list = {}

---A class of tables.
---@class haka.ListClass : haka.Class
---@field field string[] Names of the columns.
---@field key string The column that `get` looks at.
---@field field_format table<string, fun(value: any): string> How columns are shown.
---@field field_aggregate table<string, fun(values: any[]): any> What stands for all rows of a column.

---A table. `list.column` is the value of the only row, or what stands for all rows.
---@class haka.List
local List = {}

---Adds **all** rows of an array.
---@param rows table[]
---@return haka.List
function List:add(rows) end

---Adds all rows of several arrays.
---@param arrays table[][]
---@return haka.List
function List:addall(arrays) end

---Keeps the rows for which a function is true.
---@param f fun(row: table): boolean
---@return haka.List
function List:filter(f) end

---Sorts by a column or by a comparison. Error `order 'x' is not a valid key`.
---@param by string|fun(a: table, b: table): boolean
---@param invert? boolean
---@return haka.List
function List:sort(by, invert) end

---The row with this key, as a table of one row, or nil.
---@param key any
---@return haka.List?
function List:get(key) end

---Prints the rows in aligned columns.
function List:print() end

---The same through `debug.pprint`.
---@param indent string
---@param out fun(...)
function List:__pprint(indent, out) end

--- ## Functions

---Makes a class of tables.
---@param name string
---@return haka.ListClass
function list.new(name) end

list.formatter = {}

---1234 is `1.23k`.
---@param value number
---@return string
function list.formatter.unit(value) end

---Makes a formatter that shows a default for nil.
---@param default string
---@return fun(value: any): string
function list.formatter.optional(default) end

list.aggregator = {}

---The sum.
---@param values number[]
---@return number
function list.aggregator.add(values) end

---Makes an aggregator that gives the same value always.
---@param value any
---@return fun(values: any[]): any
function list.aggregator.replace(value) end

return list
