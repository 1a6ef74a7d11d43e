-- Result tables with named columns, which print themselves aligned.
local class = require('class')
local check = require('check')
local color = require('color')

local list = { formatter = {}, aggregator = {} }

-- What a list class says about its columns; every other name is a column.
local SETTINGS = { field = true, key = true, field_format = true, field_aggregate = true }

local List = class.class('List')

function List.method:__init()
	rawset(self, '_data', {})
end

local function aggregate(self, column)
	local aggregator = (self.field_aggregate or {})[column]
	if not aggregator then
		return nil
	end
	local values = {}
	for _, row in ipairs(rawget(self, '_data')) do
		table.insert(values, row[column])
	end
	return aggregator(values)
end

function List.method:__index(key)
	local cls = class.classof(self)
	if SETTINGS[key] then
		return cls[key]
	end
	local data = rawget(self, '_data')
	if not data then
		return nil
	elseif #data == 1 then
		return data[1][key]
	end
	local aggregator = (cls.field_aggregate or {})[key]
	return aggregator and aggregate(self, key)
end

function List.method:__len()
	return #self._data
end

function List.method:add(rows)
	for _, row in ipairs(rows) do
		table.insert(self._data, row)
	end
end

function List.method:addall(arrays)
	for _, rows in ipairs(arrays) do
		self:add(rows)
	end
end

function List.method:filter(keep)
	check.type(1, keep, 'function')
	local kept = {}
	for _, row in ipairs(self._data) do
		if keep(row) then
			table.insert(kept, row)
		end
	end
	self._data = kept
	return self
end

local function has_column(self, name)
	for _, field in ipairs(self.field) do
		if field == name then
			return true
		end
	end
	return false
end

function List.method:sort(order, invert)
	check.types(1, order, { 'string', 'function' })
	local less = order
	if type(order) ~= 'function' then
		if not has_column(self, order) then
			error(string.format("order '%s' is not a valid key", order), 2)
		end
		less = function (a, b) return a[order] < b[order] end
	end
	if invert then
		local forward = less
		less = function (a, b) return forward(b, a) end
	end
	table.sort(self._data, less)
	return self
end

function List.method:get(key)
	check.types(1, key, { 'string', 'number' })
	for _, row in ipairs(self._data) do
		if row[self.key] == key then
			local single = class.classof(self):new()
			single:add{ row }
			return single
		end
	end
	return nil
end

local function cell(self, column, value)
	local format = (self.field_format or {})[column]
	return tostring(format and format(value) or value)
end

local function text_rows(self)
	local rows = {}
	for _, row in ipairs(self._data) do
		local cells = {}
		for i, field in ipairs(self.field) do
			cells[i] = cell(self, field, row[field])
		end
		table.insert(rows, cells)
	end
	if self.field_aggregate and #self._data > 1 then
		local cells = {}
		for i, field in ipairs(self.field) do
			local value = aggregate(self, field)
			cells[i] = value == nil and "" or cell(self, field, value)
		end
		table.insert(rows, cells)
	end
	return rows
end

-- Every cell is followed by the separator, the last one too.
local function padded(cells, widths, before, behind)
	local parts = {}
	for i, text in ipairs(cells) do
		parts[i] = before .. text .. behind .. string.rep(" ", widths[i] - #text) .. " | "
	end
	return table.concat(parts)
end

function List.method:__pprint(indent, out)
	local rows = text_rows(self)
	local widths = {}
	for i, field in ipairs(self.field) do
		widths[i] = #field
		for _, cells in ipairs(rows) do
			widths[i] = math.max(widths[i], #cells[i])
		end
	end
	out(padded(self.field, widths, color.blue .. color.bold, color.clear))
	for _, cells in ipairs(rows) do
		out(indent .. padded(cells, widths, "", ""))
	end
end

function List.method:print()
	self:__pprint("", print)
end

function list.new(name)
	return class.class(name, List)
end

local UNITS = { "k", "M", "G", "T" }

function list.formatter.unit(value)
	if not value or value < 1000 then
		return tostring(value)
	end
	local unit = 0
	while value >= 1000 and unit < #UNITS do
		value = value / 1000
		unit = unit + 1
	end
	return string.format("%.2f%s", value, UNITS[unit])
end

function list.formatter.optional(default)
	return function (value)
		return value or default
	end
end

function list.aggregator.add(values)
	local sum = 0
	for _, value in ipairs(values) do
		sum = sum + value
	end
	return sum
end

function list.aggregator.replace(value)
	return function ()
		return value
	end
end

return list
