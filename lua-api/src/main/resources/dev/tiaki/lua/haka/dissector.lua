-- haka.dissector and haka.helper: dissectors that rule files write, beside those of the engine.
local natives = ...
local class = require('class')
local dissector = natives.dissector
local helper = natives.helper
local lua_log = haka.log_section("lua")

function dissector.opposite_direction(direction)
	if direction == 'up' then
		return 'down'
	end
	return 'up'
end

-- Runs f; an error is logged under the object's name and the object told, an abort is silent.
function dissector.pcall(object, f)
	local done, result = xpcall(f, debug.format_error)
	if done then
		return result
	end
	if result ~= nil then
		lua_log.error("%s: %s", object.name, result)
		object:error()
	end
	return nil
end

local function named_table(problem)
	return setmetatable({}, { __index = function (_, name)
		error(string.format("%s '%s'", problem, name), 2)
	end })
end

-- ---------------------------------------------------------------- Dissector

local Dissector = class.class('Dissector')
helper.Dissector = Dissector
Dissector.auto_state_machine = true
Dissector.options = {}
Dissector._definitions = {}
Dissector._fields = {}

local function check_continue(emitter)
	emitter:continue()
end

local function define_event(cls, name, definition)
	cls._definitions[name] = definition
	rawset(cls.events, name, haka.event.Event:new(cls.name .. ':' .. name,
		definition.continue or check_continue, definition.signal))
end

-- Each class has events and policies of its own, under its own name.
function Dissector.__class_init(super, cls)
	cls._definitions = {}
	cls._fields = setmetatable({}, { __index = super._fields })
	cls.events = named_table("unkown event")
	for name, definition in pairs(super._definitions) do
		define_event(cls, name, definition)
	end
	cls.policies = named_table("unkown policy")
	rawset(cls.policies, 'next_dissector', natives.policy(cls.name .. " next dissector"))
	cls.connections = haka.event.StaticEventConnections:new()
end

function Dissector.register_event(cls, name, continue, signal, options)
	define_event(cls, name, { continue = continue, signal = signal, options = options })
end

-- A listener of a streamed event gets what has become available, or, as a coroutine, an iterator.
function Dissector.stream_wrapper(f, options, self, stream, current, ...)
	if options and options.streamed then
		self:streamed(stream, f, self, current, ...)
	else
		local sub = current:copy():sub('available')
		if sub then
			f(self, sub, ...)
		end
	end
end

function Dissector.register_streamed_event(cls, name, continue)
	cls:register_event(name, continue, Dissector.stream_wrapper)
end

function Dissector.available_fields(cls, names)
	for _, name in ipairs(names) do
		cls._fields[name] = true
	end
end

function Dissector.activate(cls, parent)
	return cls:new(parent)
end

function Dissector.method:__init(parent)
	rawset(self, '_parent', parent)
end

Dissector.property.name = { get = function (self) return class.classof(self).name end }

Dissector.property.state = {
	get = function (self)
		local state = rawget(self, '_state')
		return state and state.current
	end
}

-- A field that the grammar of a packet has, which this packet may be without.
local function is_grammar_field(cls, name)
	local grammar = class.isaclass(cls, helper.PacketDissector) and cls.grammar
	return grammar and grammar.unique_export ~= nil and grammar._fields[name] ~= nil
end

-- What the object does not have, the layer below may have.
function Dissector.method:__index(name)
	local cls = class.classof(self)
	if type(name) ~= 'string' or name:sub(1, 1) == '_' or cls._fields[name] or is_grammar_field(cls, name) then
		return nil
	end
	local parent = rawget(self, '_parent')
	if parent == nil then
		error(string.format("unknown field '%s' on dissector '%s'", name, self.name), 0)
	end
	return parent[name]
end

function Dissector.method:trigger(event, ...)
	haka.context:signal(self, class.classof(self).events[event], ...)
end

function Dissector.method:parent(wanted)
	if wanted == nil or type(wanted) == 'number' then
		local layer = self
		for _ = 1, wanted or 1 do
			if layer == nil then
				return nil
			end
			layer = layer._parent
		end
		return layer
	end
	local layer = self._parent
	while layer ~= nil and layer.name ~= wanted do
		layer = layer._parent
	end
	return layer
end

local function not_implemented()
	error("not implemented", 2)
end

Dissector.method.drop = not_implemented
Dissector.method.send = not_implemented
Dissector.method.can_continue = not_implemented

function Dissector.method:error()
	self:drop()
end

function Dissector.method:continue()
	if not self:can_continue() then
		haka.abort()
	end
end

function Dissector.method:alert(fields)
	return haka.alert(fields)
end

function Dissector.method:install_criterion()
	return {}
end

function Dissector.method:connections()
	local connections = class.classof(self).connections
	if next(connections) == nil then
		return nil
	end
	return haka.event.ObjectEventConnections:new(self, connections)
end

function Dissector.method:select_next_dissector(selected)
	rawset(self, '_next_dissector', selected)
end

-- A class becomes an instance on top of parent, once; an instance stays what it is.
local function activated(selected, parent)
	if type(selected) == 'table' and not class.isclass(selected) and rawget(selected, 'class') then
		selected = rawget(selected, 'class')
	end
	if class.isclass(selected) then
		return selected:activate(parent)
	end
	if class.isa(selected, Dissector) then
		return selected
	end
	error(string.format("dissector '%s' cannot stand on '%s'", tostring(selected.name), parent.name), 0)
end

function Dissector.method:activate_next_dissector()
	local selected = rawget(self, '_next_dissector')
	if selected == nil then
		return nil
	end
	local active = activated(selected, self)
	rawset(self, '_next_dissector', active)
	return active
end

-- Runs f(this, blocking iterator, ...) as a coroutine of the stream, or goes on with it.
function Dissector.method:streamed(stream, f, this, current, ...)
	local manager = stream:getcomanager()
	local id = manager.hash(f, this)
	if not manager:has(id) then
		local arguments = table.pack(...)
		manager:start(id, function (iter)
			f(this, iter, table.unpack(arguments, 1, arguments.n))
		end)
	end
	manager:process(id, current)
end

-- ---------------------------------------------------------------- packets

local PacketDissector = class.class('PacketDissector', Dissector)
helper.PacketDissector = PacketDissector
PacketDissector:register_event('receive_packet')
PacketDissector:register_event('send_packet')
PacketDissector:register_event('protocol_error')

function PacketDissector.create(cls, parent, ...)
	local packet = cls:new(parent)
	parent:select_next_dissector(packet)
	packet:create(parent, ...)
	return packet
end

-- The fields that the grammar gave become attributes of the packet.
local function adopt(packet, result)
	if result ~= nil then
		rawset(packet, '_result', result)
		natives.adopt(class, packet, result)
	end
end

local function only_export(packet)
	local grammar = class.classof(packet).grammar
	if not grammar then
		error("not implemented", 0)
	end
	local entity = grammar.unique_export
	if not entity then
		error("not implemented for grammar exporting more than 1 element", 0)
	end
	return entity
end

local function take_payload(packet, parent)
	local place, payload = parent.payload:sub(0, 'all'):select()
	rawset(packet, '_place', place)
	rawset(packet, '_data', payload)
	return payload
end

function PacketDissector.method:parse(parent)
	self:parse_payload(parent, take_payload(self, parent))
end

function PacketDissector.method:parse_payload(_, payload)
	local result, problem = only_export(self):parse(payload:pos('begin'), self)
	adopt(self, result)
	if problem then
		self:trigger('protocol_error', problem)
	end
end

function PacketDissector.method:create(parent, init, size)
	local payload = take_payload(self, parent)
	if size and size > 0 then
		payload:append(haka.vbuffer_allocate(size))
	end
	self:create_payload(parent, payload, init or {})
end

function PacketDissector.method:create_payload(_, payload, init)
	adopt(self, only_export(self):create(payload:pos('begin'), init))
end

function PacketDissector.method:forge_payload()
	local result = rawget(self, '_result')
	if result ~= nil and result.validate then
		result:validate()
	end
end

function PacketDissector.method:forge()
	local place = rawget(self, '_place')
	if place then
		self:forge_payload(self._parent, self._data)
		place:restore(self._data)
		rawset(self, '_place', nil)
		rawset(self, '_data', nil)
	end
end

function PacketDissector.method:receive()
	self:parse(self._parent)
	self:trigger('receive_packet')
	class.classof(self).policies.next_dissector:apply{ ctx = self, values = self:install_criterion() }
	local above = self:activate_next_dissector()
	if above then
		above:preceive()
	elseif self:can_continue() then
		self:send()
	end
end

function PacketDissector.method:preceive()
	if natives.tolerates() then
		self:receive() -- the engine logs the error and sends the packet on
	else
		dissector.pcall(self, function () self:receive() end)
	end
end

function PacketDissector.method:send()
	self:trigger('send_packet')
	self:forge()
	self._parent:send()
end

function PacketDissector.method:inject()
	self:forge()
	self._parent:inject()
end

function PacketDissector.method:drop()
	self._parent:drop()
end

function PacketDissector.method:error()
	self._parent:error()
end

function PacketDissector.method:can_continue()
	return self._parent:can_continue()
end

-- As release 0.3 named it, with the arguments of its create turned round.
local Encapsulated = class.class('EncapsulatedPacketDissector', PacketDissector)
helper.EncapsulatedPacketDissector = Encapsulated

function Encapsulated.create(cls, parent, init, ...)
	local packet = cls:new(parent)
	parent:select_next_dissector(packet)
	packet:create(init or {}, parent, ...)
	return packet
end

function Encapsulated.method:create(init, parent, size)
	class.super(Encapsulated).create(self, parent, init, size)
end

-- ---------------------------------------------------------------- flows

local FlowDissector = class.class('FlowDissector', Dissector)
helper.FlowDissector = FlowDissector

function FlowDissector.method:__init(parent)
	class.super(FlowDissector).__init(self, parent)
	local cls = class.classof(self)
	if cls.auto_state_machine and cls.state_machine then
		rawset(self, '_state', cls.state_machine:instanciate(self))
	end
end

function FlowDissector.method:ended()
	local state = rawget(self, '_state')
	if state then
		state:finish()
	end
end

-- ---------------------------------------------------------------- new dissectors

function dissector.new(given)
	if type(given) ~= 'table' or type(given.name) ~= 'string' then
		error("no name defined for dissector", 2)
	elseif not given.type then
		error(string.format("no type defined for dissector '%s'", given.name), 2)
	end
	local cls = class.class(given.name, given.type)
	local published = {
		name = given.name,
		class = cls,
		events = cls.events,
		policies = cls.policies,
		create = function (parent, ...) return cls:create(parent, ...) end,
		install = function (_, context) context:select_next_dissector(cls) end,
	}
	if not natives.publish(given.name, published) then
		error(string.format("dissector '%s' already defined", given.name), 2)
	end
	return cls
end

-- ---------------------------------------------------------------- what the engine calls

natives.activate = activated

function natives.receive(selected, parent)
	activated(selected, parent):preceive()
end

local scopes = setmetatable({}, { __mode = 'k' })

-- The scope of a connection, in which its objects may listen to events.
local function scope_of(flow, object)
	local scope = scopes[flow]
	if not scope then
		scope = haka.context:newscope()
		scope:createnamespace(flow.name, flow)
		scopes[flow] = scope
		haka.context:exec(scope, function ()
			haka.context:register_connections(object:connections())
		end)
	end
	return scope
end

function natives.receive_stream(object, flow, stream, iter, direction)
	dissector.pcall(object, function ()
		haka.context:exec(scope_of(flow, object), function ()
			object:receive(stream, iter, direction)
		end)
	end)
end

-- The data of a datagram are taken out of its packet until the dissector sends it.
function natives.receive_datagram(object, flow, pkt, direction)
	dissector.pcall(object, function ()
		haka.context:exec(scope_of(flow, object), function ()
			local place, payload = pkt.payload:select()
			rawset(flow, '_place', place)
			object:receive(pkt, payload, direction)
		end)
	end)
end

function natives.ended(object)
	if object.ended then
		object:ended()
	end
end
