-- debug.pprint: any value, indented, with native objects and class instances spelled out.
local class = require('class')
local pprint = {}

local function is_hidden(hide, key, value)
	if type(hide) == 'function' then
		return hide(key, value)
	end
	for _, hides in ipairs(hide or {}) do
		if hides(key, value) then
			return true
		end
	end
	return false
end

local show

-- Each entry is { key, function that reads the value }; a failing read shows its error. Without any
-- entry to show, braces stand only where the value always has them.
local function show_entries(state, title, entries, indent, depth, braces)
	local open = false
	if braces then
		state.out(title, "{")
		open = true
	end
	for _, entry in ipairs(entries) do
		local ok, value = pcall(entry[2])
		if not is_hidden(state.hide, entry[1], value) then
			if not open then
				state.out(title, "{")
				open = true
			end
			local name = indent .. state.indent .. tostring(entry[1]) .. " :"
			if ok then
				show(state, name, value, indent .. state.indent, depth - 1)
			else
				state.out(name, tostring(value))
			end
		end
	end
	if open then
		state.out(indent .. "}")
	else
		state.out(title)
	end
end

local function fields(value)
	local entries = {}
	for key, field in sorted_pairs(value) do
		table.insert(entries, { key, function () return field end })
	end
	return entries
end

local function native_fields(value, metatable)
	local entries = {}
	for key, getter in sorted_pairs(metatable['.get']) do
		table.insert(entries, { key, function () return getter(value) end })
	end
	return entries
end

local function instance_fields(value, cls)
	local entries, seen = {}, { __property = true }
	local function add(key, reader)
		if not seen[key] then
			seen[key] = true
			table.insert(entries, { key, reader })
		end
	end
	local raw = {}
	for key, field in pairs(value) do
		raw[key] = field
	end
	for key, field in sorted_pairs(raw) do
		add(key, function () return field end)
	end
	for _, properties in ipairs{ rawget(value, '__property') or {}, rawget(cls, 'property') } do
		for key, property in sorted_pairs(properties) do
			if property.get then
				add(key, function () return property.get(value) end)
			end
		end
	end
	return entries
end

local function show_table(state, title, value, indent, depth)
	local cls = getmetatable(value)
	if class.isclass(cls) then
		title = title .. "class " .. rawget(cls, 'name')
		if depth == 0 then
			state.out(title)
		elseif value.__pprint then
			state.out(title, "{")
			value:__pprint(indent .. state.indent, state.out)
			state.out(indent .. "}")
		else
			show_entries(state, title, instance_fields(value, cls), indent, depth, true)
		end
	elseif depth == 0 then
		state.out(title .. "table")
	else
		state.out(title .. "table", "{")
		for key, field in sorted_pairs(value) do
			if not is_hidden(state.hide, key, field) then
				show(state, indent .. state.indent .. tostring(key) .. " :", field, indent .. state.indent, depth - 1)
			end
		end
		state.out(indent .. "}")
	end
end

local function show_native(state, title, value, indent, depth)
	local metatable = getmetatable(value)
	local native = type(metatable) == 'table' and metatable['.type']
	if not native then
		state.out(title .. "userdata")
		return
	end
	title = title .. "userdata " .. native
	if metatable.__tostring then
		state.out(title, tostring(value))
	elseif depth == 0 then
		state.out(title)
	else
		show_entries(state, title, native_fields(value, metatable), indent, depth)
	end
end

function show(state, name, value, indent, depth)
	local title = name == "" and "" or name .. " "
	local kind = type(value)
	if kind == 'string' then
		state.out(title .. '"' .. value .. '"')
	elseif kind == 'number' or kind == 'nil' or kind == 'boolean' then
		state.out(title .. tostring(value))
	elseif kind == 'table' or kind == 'userdata' then
		local id = topointer(value)
		if state.visiting[id] then
			state.out(title .. "recursive value")
			return
		end
		state.visiting[id] = true
		if kind == 'table' then
			show_table(state, title, value, indent, depth)
		else
			show_native(state, title, value, indent, depth)
		end
		state.visiting[id] = nil
	else
		state.out(title .. kind)
	end
end

-- The options in a table, or one by one as Haka 0.3 had them.
function pprint.pprint(value, options, depth, hide, out)
	if type(options) ~= 'table' then
		options = { indent = options, depth = depth, hide = hide, out = out }
	end
	local state = {
		indent = "  ",
		hide = options.hide,
		out = options.out or print,
		visiting = {},
	}
	show(state, "", value, options.indent or "", options.depth or -1)
end

function pprint.hide_underscore(key)
	return type(key) == 'string' and key:sub(1, 1) == '_'
end

function pprint.hide_function(_, value)
	return type(value) == 'function'
end

return pprint
