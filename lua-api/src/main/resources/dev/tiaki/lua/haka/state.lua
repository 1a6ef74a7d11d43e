-- The states of a state machine and the actions that are put on them.
local class = require('class')

local states = {}

-- What the engine itself calls on every state.
local common = { init = true, enter = true, leave = true, finish = true, fail = true }

states.FINISH = { name = 'finish' }
states.FAIL = { name = 'fail' }

local ActionCollection = class.class('ActionCollection')
states.ActionCollection = ActionCollection

function ActionCollection.method:__init()
	rawset(self, '_actions', {})
	rawset(self, '_timeouts', {})
end

-- The collection for all states knows every event, but no timeout.
function ActionCollection.method:_check(event)
	if event.timeout then
		error("cannot use a timeout on default actions", 4)
	end
end

local function is_target(jump)
	return rawequal(jump, states.FINISH) or rawequal(jump, states.FAIL) or class.isa(jump, states.State)
end

local function checked_action(given)
	if type(given) ~= 'table' then
		error("action must be a table", 3)
	elseif given.when ~= nil and type(given.when) ~= 'function' then
		error("when must be a function", 3)
	elseif given.execute ~= nil and type(given.execute) ~= 'function' then
		error("execute must be a function", 3)
	elseif given.jump ~= nil and not is_target(given.jump) then
		error("can only jump on defined state", 3)
	elseif not given.execute and not given.jump then
		error("action must have either an execute or a jump", 3)
	end
	return { when = given.when, execute = given.execute, jump = given.jump }
end

local function event_list(given)
	local list = given.events or { given.event }
	if type(list) ~= 'table' or #list == 0 then
		error("events must be a table of event", 3)
	end
	for _, event in ipairs(list) do
		if type(event) ~= 'table' or not (event.name or event.timeout) then
			error("events must be a table of event", 3)
		end
	end
	return list
end

function ActionCollection.method:on(given)
	local action = checked_action(given)
	for _, event in ipairs(event_list(given)) do
		self:_check(event)
		if event.timeout then
			table.insert(self._timeouts, { seconds = event.timeout, action = action })
		else
			local actions = self._actions[event.name]
			if not actions then
				actions = {}
				self._actions[event.name] = actions
			end
			table.insert(actions, action)
		end
	end
end

local State = class.class('State', ActionCollection)
states.State = State
State._events = {}

function State.method:__init()
	class.super(State).__init(self)
end

-- Returns the set of events that states of this class, or one it derives from, know.
local function known_events(cls)
	local known = table.copy(common)
	while cls do
		for _, name in ipairs(rawget(cls, '_events') or {}) do
			known[name] = true
		end
		cls = rawget(cls, 'super')
	end
	return known
end

function State.method:_check(event)
	if not event.timeout and not known_events(class.classof(self))[event.name] then
		error(string.format("unknown event '%s'", event.name), 4)
	end
end

function State.method:update()
	error("not implemented")
end

local BidirectionalState = class.class('BidirectionalState', State)
states.BidirectionalState = BidirectionalState
BidirectionalState._events = { 'up', 'down', 'parse_error', 'missing_grammar' }

local function is_entity(value)
	local kind = type(value)
	return (kind == 'table' or kind == 'userdata') and type(value.parse) == 'function'
end

function BidirectionalState.method:__init(up, down)
	class.super(BidirectionalState).__init(self)
	for _, entity in ipairs{ up or false, down or false } do
		if entity and not is_entity(entity) then
			error("bidirectionnal state expect an exported element of a grammar", 5)
		end
	end
	rawset(self, '_grammars', { up = up, down = down })
end

function BidirectionalState.method:update(instance, iter, direction, ...)
	local grammar = self._grammars[direction]
	if not grammar then
		return instance:trigger('missing_grammar', direction, iter, ...)
	end
	local result, problem = grammar:parse(iter, instance.owner)
	if problem then
		return instance:trigger('parse_error', problem, ...)
	end
	return instance:trigger(direction, result, ...)
end

function states.new_state_type(given)
	local cls = class.class(given.name or 'AnonymousState', given.parent or State)
	cls._events = given.events or {}
	if given.update then
		cls.method.update = given.update
	end
	return cls
end

-- A state as instances use it: its own actions, then the defaults for the events it knows.
local CompiledState = class.class('CompiledState')
states.CompiledState = CompiledState

function CompiledState.method:__init(state, name, defaults)
	self.name = name
	self._state = state
	self._timeouts = state._timeouts
	self._events = known_events(class.classof(state))
	self._actions = {}
	for event, actions in pairs(state._actions) do
		self._actions[event] = table.append({}, actions)
	end
	for event, actions in pairs(defaults._actions) do
		if self._events[event] then
			self._actions[event] = table.append(self._actions[event] or {}, actions)
		end
	end
end

-- Runs the first action on an event that accepts it and returns where that jumps.
function CompiledState.method:run(event, ...)
	local actions = self._actions[event]
	if actions then
		for i = 1, #actions do
			local action = actions[i]
			if not action.when or action.when(...) then
				if action.execute then
					action.execute(...)
				end
				return action.jump
			end
		end
	end
	return nil
end

-- Calls f(event, target) for each jump.
function CompiledState.method:each_jump(f)
	for event, actions in sorted_pairs(self._actions) do
		for _, action in ipairs(actions) do
			if action.jump then
				f(event, action.jump)
			end
		end
	end
	for _, timeout in ipairs(self._timeouts) do
		if timeout.action.jump then
			f(string.format("timeout(%s)", timeout.seconds), timeout.action.jump)
		end
	end
end

return states
