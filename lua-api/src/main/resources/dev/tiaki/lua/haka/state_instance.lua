-- One run of a state machine for an owner: where it stands, its timers, how it moves.
local natives = ...
local class = require('class')
local states = natives.states
local log = haka.log_section("states")
local lua_log = haka.log_section("lua")

local FINISH, FAIL = states.FINISH, states.FAIL

local Instance = class.class('StateMachineInstance')

Instance.property.current = {
	get = function (self)
		local state = rawget(self, '_current')
		return state and state.name
	end
}

Instance.property._instance = {
	get = function (self) return self end
}

function Instance.method:__init(machine, owner)
	self._machine = machine
	self.owner = owner
	self.states = machine.states
	self.finished = false
	self.failed = false
	self._timers = {}
	self._key = natives.keep(self)
	local initial = machine._initial
	log.debug("%s: initial state '%s'", machine.name, initial.name)
	self:_move(initial)
	if not self.finished and rawequal(self._current, initial) then
		self:_move(self:_callback(initial, 'init'))
	end
end

-- Runs what the engine itself calls: an error there is logged and fails the machine, an abort
-- finishes it.
function Instance.method:_guarded(f)
	local done, result = xpcall(f, debug.format_error)
	if done then
		return result
	end
	if result == nil then
		return FINISH
	end
	lua_log.error("state machine: %s", result)
	return FAIL
end

function Instance.method:_callback(state, event)
	if not state._actions[event] then
		return nil
	end
	log.debug("%s: %s transition on state '%s'", self._machine.name, event, state.name)
	local owner = self.owner
	return self:_guarded(function () return state:run(event, owner) end)
end

function Instance.method:_stop_timers()
	for _, timer in ipairs(self._timers) do
		natives.cancel(timer)
	end
	self._timers = {}
end

function Instance.method:_start_timers(state)
	for _, timeout in ipairs(state._timeouts) do
		local timer = natives.start(timeout.seconds, function () self:_timeout(state, timeout.action) end)
		table.insert(self._timers, timer)
	end
end

function Instance.method:_timeout(state, action)
	if self.finished or self._moving or not rawequal(self._current, state) then
		return
	end
	log.debug("%s: timeout trigger on state '%s'", self._machine.name, state.name)
	local owner = self.owner
	self:_move(self:_guarded(function ()
		if not action.when or action.when(owner) then
			if action.execute then
				action.execute(owner)
			end
			return action.jump
		end
		return nil
	end))
end

-- Leaves the current state, then enters the target; leave may redirect, enter may go on.
function Instance.method:_move(target)
	local steps = 0
	while target and not self.finished do
		if rawequal(target, FAIL) then
			return self:_fail()
		end
		target = self._machine._compiled[target] or target
		self._moving = true
		target = self:_step(target)
		self._moving = false
		steps = steps + 1
		if steps > natives.max_steps then
			lua_log.error("state machine: %s: more than %d transitions at once", self._machine.name, natives.max_steps)
			return self:_fail()
		end
	end
end

function Instance.method:_step(target)
	local old = self._current
	if old then
		local redirected = self:_callback(old, 'leave')
		if self.finished then
			return nil
		end
		self._left = true
		target = redirected and (self._machine._compiled[redirected] or redirected) or target
		self:_stop_timers()
	end
	if rawequal(target, FAIL) then
		return FAIL
	elseif rawequal(target, FINISH) then
		self:_end(old)
		return nil
	end
	if old then
		log.debug("%s: transition from state '%s' to state '%s'", self._machine.name, old.name, target.name)
	end
	self._current = target
	self._left = false
	local next_target = self:_callback(target, 'enter')
	if not self.finished and not next_target then
		self:_start_timers(target)
	end
	return next_target
end

-- What fail does before it is a finish.
function Instance.method:_fail()
	if self.finished then
		return
	end
	self.failed = true
	local state = self._current
	if state then
		self:_callback(state, 'fail')
	end
	self:_finish()
end

function Instance.method:_finish()
	if self.finished then
		return
	end
	local state = self._current
	self._moving = true
	if state and not self._left then
		self:_callback(state, 'leave')
	end
	self:_end(state)
end

function Instance.method:_end(state)
	if self.finished then
		return
	end
	self.finished = true
	self:_stop_timers()
	natives.forget(self._key)
	if state then
		log.debug("%s: finish from state '%s'", self._machine.name, state.name)
		self:_callback(state, 'finish')
	end
	self._current = nil
	self._moving = false
end

function Instance.method:finish()
	if not self.finished then
		self:_finish()
	end
end

function Instance.method:trigger(event, ...)
	local state = self._current
	if self.finished or not state then
		error("state machine instance has finished", 2)
	end
	if not state._events[event] then
		error(string.format("no event named '%s' on state '%s'", event, state.name), 2)
	end
	local jump = state:run(event, self.owner, ...)
	if jump and not self.finished then
		self:_move(jump)
	end
end

function Instance.method:update(...)
	local state = self._current
	if self.finished or not state then
		error("state machine instance has finished", 2)
	end
	return state._state:update(self, ...)
end

return Instance
