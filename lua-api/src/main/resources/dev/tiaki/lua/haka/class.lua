-- Classes with single inheritance. An instance is a table whose metatable is its class; methods and
-- property accessors are looked up along the hierarchy, the nearest class first.
local class = {}

local class_mt = {}
local base

-- The nearest class from cls upwards for which pick(class) is not nil, as the picked value.
local function nearest(cls, pick)
	while cls do
		local found = pick(cls)
		if found ~= nil then
			return found
		end
		cls = rawget(cls, 'super')
	end
	return nil
end

local function methods_of(cls)
	return rawget(cls, '__methods')
end

local function find_method(cls, key)
	return nearest(cls, function (c) return rawget(methods_of(c), key) end)
end

-- A method, or a property that has an accessor of this kind, whichever class is nearer.
local function member(cls, key, kind)
	while cls do
		local method = rawget(methods_of(cls), key)
		if method ~= nil then
			return method, nil
		end
		local property = rawget(rawget(cls, 'property'), key)
		if property and property[kind] then
			return nil, property[kind]
		end
		cls = rawget(cls, 'super')
	end
	return nil, nil
end

local function own_property(instance, key)
	local properties = rawget(instance, '__property')
	return properties and properties[key]
end

local function read(instance, key)
	local own = own_property(instance, key)
	if own and own.get then
		return own.get(instance)
	end
	local cls = getmetatable(instance)
	local method, getter = member(cls, key, 'get')
	if method ~= nil then
		return method
	elseif getter then
		return getter(instance)
	end
	local fallback = find_method(cls, '__index')
	if fallback then
		return fallback(instance, key)
	end
	return nil
end

local function write(instance, key, value)
	local own = own_property(instance, key)
	if own and own.set then
		return own.set(instance, value)
	end
	local cls = getmetatable(instance)
	local setter = nearest(cls, function (c)
		local property = rawget(rawget(c, 'property'), key)
		return property and property.set
	end)
	if setter then
		return setter(instance, value)
	end
	local fallback = find_method(cls, '__newindex')
	if fallback then
		return fallback(instance, key, value)
	end
	rawset(instance, key, value)
end

local function instance_text(instance)
	local cls = getmetatable(instance)
	local method = find_method(cls, '__tostring')
	if method then
		return method(instance)
	end
	return string.format("<class instance %s: %s>", rawget(cls, 'name'), topointer(instance))
end

function class_mt.__index(cls, key)
	return nearest(rawget(cls, 'super'), function (c) return rawget(c, key) end)
end

function class_mt.__tostring(cls)
	return string.format("<class: %s>", rawget(cls, 'name'))
end

-- The table that methods are written to; reading it looks through the hierarchy.
local function method_table(cls)
	return setmetatable({}, {
		__index = function (_, key) return find_method(cls, key) end,
		__newindex = function (_, key, value) rawset(methods_of(cls), key, value) end,
		__pairs = function () return pairs(methods_of(cls)) end,
	})
end

local function make(name, super)
	local cls = { name = name, super = super, property = {} }
	rawset(cls, '__methods', {})
	cls.method = method_table(cls)
	cls.__index = read
	cls.__newindex = write
	cls.__tostring = instance_text
	return setmetatable(cls, class_mt)
end

base = make('BaseObject', nil)

function base.new(cls, ...)
	return class.new_instance(cls, ...)
end

function base.__class_init(super, cls)
end

function base.method:__init()
end

function base.method:clone()
	local copy = {}
	for key, value in next, self do
		rawset(copy, key, value)
	end
	return setmetatable(copy, getmetatable(self))
end

function base.method:addproperty(name, get, set)
	local properties = rawget(self, '__property')
	if not properties then
		properties = {}
		rawset(self, '__property', properties)
	end
	properties[name] = { get = get, set = set }
end

function class.class(name, super)
	local parent = super or base
	local cls = make(name, parent)
	parent.__class_init(parent, cls)
	return cls
end

function class.new_instance(cls, ...)
	local instance = setmetatable({}, cls)
	local init = find_method(cls, '__init')
	if init then
		init(instance, ...)
	end
	return instance
end

function class.isclass(value)
	return type(value) == 'table' and getmetatable(value) == class_mt
end

function class.classof(instance)
	return getmetatable(instance)
end

function class.isaclass(cls, other)
	while cls do
		if rawequal(cls, other) then
			return true
		end
		cls = rawget(cls, 'super')
	end
	return false
end

function class.isa(instance, cls)
	local own = type(instance) == 'table' and getmetatable(instance)
	return class.isclass(own) and class.isaclass(own, cls)
end

function class.super(cls)
	local super = rawget(cls, 'super')
	return setmetatable({}, {
		__index = function (_, key) return find_method(super, key) end,
		__newindex = function () error("immutable class", 2) end,
		__tostring = function () return string.format("<class view: %s>", rawget(super, 'name')) end,
	})
end

function class.merge(target, source)
	for key, value in next, source do
		if key ~= '__property' then
			rawset(target, key, value)
		end
	end
	local properties = rawget(source, '__property')
	if properties then
		for name, property in next, properties do
			target:addproperty(name, property.get, property.set)
		end
	end
end

class.BaseObject = base

return class
