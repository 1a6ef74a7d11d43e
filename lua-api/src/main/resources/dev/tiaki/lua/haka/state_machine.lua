-- haka.state_machine: machines are defined once and instantiated for each owner.
local natives = ...
local class = require('class')
local states = natives.load('state')
natives.states = states
local Instance = natives.load('state_instance')
local module = natives.module
local log = haka.log_section("states")

local FINISH, FAIL = states.FINISH, states.FAIL

local StateMachine = class.class('StateMachine')

-- The words of a definition; states that were named join them as they are assigned.
local function words_of(definition)
	local current_type
	local words = {
		any = definition.defaults,
		finish = FINISH,
		fail = FAIL,
		State = states.State,
		BidirectionalState = states.BidirectionalState,
		CompiledState = states.CompiledState,
		ActionCollection = states.ActionCollection,
	}
	words.events = setmetatable({
		timeout = function (seconds)
			if type(seconds) ~= 'number' or seconds <= 0 then
				error("invalid timer delay", 0)
			end
			return { timeout = seconds }
		end
	}, { __index = function (_, name) return { name = name } end })
	function words.state_type(given)
		if class.isclass(given) then
			current_type = given
		else
			current_type = states.new_state_type(given)
		end
	end
	function words.state(...)
		if not current_type then
			error("cannot create state without prior call to state_type()", 2)
		end
		return current_type:new(...)
	end
	function words.initial(state)
		definition.initial = state
	end
	return words
end

-- Runs the definition with its words visible as globals; the globals are as before afterwards,
-- whatever happens.
local function run_definition(definition, body)
	local words = words_of(definition)
	local globals = natives.globals
	local outer = getmetatable(globals)
	setmetatable(globals, {
		__index = function (_, name)
			local word = words[name]
			if word ~= nil then
				return word
			end
			return definition.named[name]
		end,
		__newindex = function (_, name, value)
			if words[name] ~= nil then
				error(string.format("'%s' is reserved in the state machine scope", name), 2)
			elseif class.isa(value, states.State) then
				definition.named[name] = value
				table.insert(definition.order, name)
			else
				rawset(globals, name, value)
			end
		end,
	})
	local done, problem = xpcall(body, debug.format_error)
	setmetatable(globals, outer)
	if not done then
		error(problem, 0)
	end
end

local function compile(machine, definition)
	for _, name in ipairs(definition.order) do
		local state = definition.named[name]
		local compiled = machine._compiled[state]
		if not compiled then
			compiled = states.CompiledState:new(state, name, definition.defaults)
			machine._compiled[state] = compiled
			table.insert(machine._order, compiled)
		end
		machine.states[name] = compiled
	end
	-- a state without a name can be jumped to as well
	local function add(state)
		if state and class.isa(state, states.State) and not machine._compiled[state] then
			local compiled = states.CompiledState:new(state, "<unnamed>", definition.defaults)
			machine._compiled[state] = compiled
			table.insert(machine._order, compiled)
		end
	end
	add(definition.initial)
	local i = 1
	while machine._order[i] do
		machine._order[i]:each_jump(function (_, target) add(target) end)
		i = i + 1
	end
end

local function warn_of_unreached(machine)
	local reached = { [machine._initial] = true }
	for _, compiled in ipairs(machine._order) do
		compiled:each_jump(function (_, target)
			reached[machine._compiled[target] or target] = true
		end)
	end
	for _, compiled in ipairs(machine._order) do
		if not reached[compiled] then
			log.warning("state machine %s never jump on state: %s", machine.name, compiled.name)
		end
	end
end

function StateMachine.method:__init(name, definition)
	self.name = name
	self.states = {}
	self._compiled = {}
	self._order = {}
	compile(self, definition)
	self._initial = self._compiled[definition.initial]
	warn_of_unreached(self)
end

function StateMachine.method:instanciate(owner)
	if owner == nil then
		error("state machine context cannot be nil", 2)
	end
	return Instance:new(self, owner)
end

-- Writes the machine as a graph in the DOT language.
function StateMachine.method:dump_graph(file)
	file:write(string.format('digraph "%s" {\n', self.name))
	for _, compiled in ipairs(self._order) do
		local shape = rawequal(compiled, self._initial) and "doublecircle" or "circle"
		file:write(string.format('  "%s" [shape=%s];\n', compiled.name, shape))
		compiled:each_jump(function (event, target)
			local name = (self._compiled[target] or target).name
			file:write(string.format('  "%s" -> "%s" [label="%s"];\n', compiled.name, name, event))
		end)
	end
	file:write("}\n")
end

local function dump(machine)
	local path = machine.name .. "-state-machine.dot"
	log.warning("dumping '%s' state_machine graph to %s", machine.name, path)
	local file = assert(io.open(path, "w"))
	machine:dump_graph(file)
	file:close()
end

function module.new(name, body)
	if type(body) ~= 'function' then
		error("state machine definition must by a function", 2)
	end
	local definition = { named = {}, order = {}, defaults = states.ActionCollection:new() }
	run_definition(definition, body)
	if not definition.initial then
		error("state machine must have an initial state", 2)
	end
	local machine = StateMachine:new(name, definition)
	if rawget(module, 'debug') then
		dump(machine)
	end
	return machine
end

module.State = states.State
module.BidirectionalState = states.BidirectionalState
module.new_state_type = states.new_state_type
