-- haka.event and haka.context: listeners that are bound by hand, for all or for one scope.
local natives = ...
local class = require('class')
local event = natives.event
local context = natives.context

event.EventConnections = class.class('EventConnections')

function event.EventConnections.method:_run(listener, signalled, ...)
	local signal = signalled.signal
	if signal then
		signal(listener.f, listener.options, ...)
	else
		listener.f(...)
	end
end

-- Calls every listener of this table, the emitter first among the arguments.
function event.EventConnections.method:signal(emitter, signalled, ...)
	for _, listener in ipairs(self:_listeners(signalled)) do
		self:_run(listener, signalled, emitter, ...)
		signalled.continue(emitter, ...)
	end
	return true
end

local function checked(signalled, f)
	if not natives.isevent(signalled) then
		error("event expected", 3)
	end
	if type(f) ~= 'function' then
		error("function expected", 3)
	end
end

event.StaticEventConnections = class.class('StaticEventConnections', event.EventConnections)

function event.StaticEventConnections.method:register(signalled, f, options)
	checked(signalled, f)
	local listeners = self[signalled]
	if not listeners then
		listeners = {}
		self[signalled] = listeners
	end
	table.insert(listeners, { f = f, options = options })
end

function event.StaticEventConnections.method:_listeners(signalled)
	return rawget(self, signalled) or {}
end

event.ObjectEventConnections = class.class('ObjectEventConnections', event.EventConnections)
event.self = {}

local current

function event.ObjectEventConnections.method:__init(object, connections)
	assert(object and connections)
	self.object = object
	self.connections = connections
end

function event.ObjectEventConnections.method:_listeners(signalled)
	return self.connections:_listeners(signalled)
end

function event.ObjectEventConnections.method:_run(listener, signalled, ...)
	local outer = current
	current = self.object
	class.super(event.ObjectEventConnections)._run(self, listener, signalled, ...)
	current = outer
end

function event.method(object, f)
	return function (...)
		local target = object
		if rawequal(object, event.self) then
			target = current
		end
		return f(target, ...)
	end
end

-- The listeners for all: those that rules are, too.
local Global = class.class('GlobalEventConnections', event.StaticEventConnections)

function Global.method:register(signalled, f, options)
	checked(signalled, f)
	natives.listen(signalled, f, options)
end

context.connections = Global:new()
