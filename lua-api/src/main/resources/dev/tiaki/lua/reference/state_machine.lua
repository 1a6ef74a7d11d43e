---@meta

--- # State machines
---
--- A machine is defined once and runs for each owner. Timeouts count the time of the packets.
---
--- ```lua
--- local door = haka.state_machine.new('door', function ()
---   state_type{ events = { 'push', 'lock' } }
---   open = state()
---   shut = state()
---   open:on{ event = events.push, execute = function (owner) print(owner.name .. ' shuts') end, jump = shut }
---   shut:on{ event = events.push, when = function (owner) return not owner.locked end, jump = open }
---   shut:on{ event = events.lock, jump = finish }
---   any:on{ event = events.finish, execute = function (owner) print('done') end }
---   initial(open)
--- end)
--- local instance = door:instanciate({ name = 'front' })
--- instance:trigger('push')            --> front shuts
--- print(instance.current)             --> shut
--- instance:trigger('lock')            --> done
--- ```
---
--- Of the actions for an event the first whose `when` accepts runs: those of the state, then those of `any`. Leaving comes before entering; an action of `leave` or
--- `enter` may jump elsewhere. Errors in what the machine calls itself (`init`, `enter`, `leave`, `finish`, `fail`, timeouts) are logged as `state machine: …` and the
--- machine fails; those in `trigger` and `update` are the caller's. More than 10 000 transitions at once fail too.

--- ## Words
---
--- What can be written in a definition, and only there.

---Actions for all states.
---@type haka.State
any = nil

---To jump to: the end.
---@type haka.State
finish = nil

---To jump to: the end, after `fail` actions.
---@type haka.State
fail = nil

---Events by name.
---@type haka.StateEvents
events = nil

---@type haka.Class
State = nil

---@type haka.Class
BidirectionalState = nil

---Says of which kind the states that follow are.
---@param kind haka.Class|haka.StateType
function state_type(kind) end

---A state; assigning it to a new global names it. Error `cannot create state without prior call to state_type()`.
---@param ... any
---@return haka.State
function state(...) end

---Says where a machine begins. Error `state machine must have an initial state`.
---@param state haka.State
function initial(state) end

---A kind of states.
---@class haka.StateType
---@field events string[] Events beside those of every state.
---@field update? fun(state: any, instance: haka.StateMachineInstance, ...) What `instance:update` does.
---@field name? string
---@field parent? haka.Class

---Events of states.
---@class haka.StateEvents
---@field init any The machine begins here.
---@field enter any
---@field leave any
---@field finish any
---@field fail any
---@field up any A message from the initiator: `(owner, result, …)`; of `BidirectionalState`, as what follows.
---@field down any A message from the responder.
---@field parse_error any `(owner, error, …)`.
---@field missing_grammar any `(owner, direction, iterator, …)`.
local StateEvents = {}

---Every so many seconds while the state is current. Error `invalid timer delay`.
---@param seconds number
---@return any
function StateEvents.timeout(seconds) end

---A state.
---@class haka.State
local State = {}

---Adds an action. Error `when must be a function`, `execute must be a function`, `can only jump on defined state`, `action must have either an execute or a jump`, `events must be a table of event`, `unknown event 'x'`.
---@param action haka.StateAction
function State:on(action) end

---What happens at an event.
---@class haka.StateAction
---@field event? any
---@field events? any[]
---@field when? fun(owner: any, ...): boolean
---@field execute? fun(owner: any, ...)
---@field jump? haka.State

---A machine.
---@class haka.StateMachine
local StateMachine = {}

---Begins a run. Error `state machine context cannot be nil`.
---@param owner any
---@return haka.StateMachineInstance
function StateMachine:instanciate(owner) end

---Writes the machine in the DOT language.
---@param file file*
function StateMachine:dump_graph(file) end

---A run of a machine.
---@class haka.StateMachineInstance
---@field current string? Name of the state, nil at the end.
---@field owner any
---@field states table The states by name.
local Instance = {}

---Has the current state do what its kind does, such as parsing.
---@param ... any
function Instance:update(...) end

---Runs the action for an event. Error `no event named 'x' on state 'y'`, `state machine instance has finished`.
---@param event string
---@param ... any
function Instance:trigger(event, ...) end

---Ends the run.
function Instance:finish() end

--- ## Functions

---State machines.
haka.state_machine = {}

---Defines a machine. Error `state machine definition must by a function`, `'x' is reserved in the state machine scope`.
---@param name string
---@param definition fun()
---@return haka.StateMachine
function haka.state_machine.new(name, definition) end

---Makes a kind of states.
---@param kind haka.StateType
---@return haka.Class
function haka.state_machine.new_state_type(kind) end

---@type haka.Class
haka.state_machine.State = nil

---States with a grammar for each direction, or nil.
---@type haka.Class
haka.state_machine.BidirectionalState = nil

---**RW** Whether `<name>-state-machine.dot` is written for each machine.
---@type boolean
haka.state_machine.debug = false
