---@meta

--- # Rules and events
---
--- After each rule that dropped, sent or closed what the event is about, the rules behind it are skipped. An error in a rule drops (see
--- `--on-rule-error`) and is logged with its position.
---
--- ```lua
--- haka.rule{
---   name = "closed ports",
---   on = haka.dissectors.tcp_connection.events.new_connection,
---   eval = function (flow, packet)
---     if flow.dstport ~= 80 then flow:drop() end
---   end
--- }
--- ```

---What the program gives to rules.
haka = {}

---What a rule is made of.
---@class haka.RuleOptions
---@field on haka.Event The event. Error `no event defined for rule`, `rule must bind on an event`.
---@field hook? haka.Event The old word for `on`; logs a warning.
---@field eval fun(...) Called with the event's arguments. Error `rule eval function expected`.
---@field name? string Names the rule in lists and records.
---@field options? haka.StreamOptions Error `rule options should be table`.
---@field on_error? 'drop'|'accept'|'alert' What its failures mean, whatever `--on-rule-error` says. After `accept` and `alert` the rules behind it still run (own addition).
---@field mode? 'alert'|'enforce' With `alert` nothing that the rule decides is done: drops, resets, bypasses, sendings, aborts and edits of packets, messages and streams become alerts that say what it would do, and its failures too. Buffers of its own are edited (own addition).
---@field location? string File and line, written by `haka.rule`.
---@field type? string `'simple'`, written by `haka.rule`.

---How a rule is called.
---@class haka.StreamOptions
---@field streamed? boolean Call it once as a coroutine, with an iterator that waits for data.

---A rule that was registered (own addition).
---@class haka.Rule
---@field name string?
---@field event string
---@field location string File and line.
---@field type string `simple` or `group`.
---@field enabled boolean
---@field hits integer How often it ran in this worker.
---@field errors integer How often it failed in this worker.
---@field mode string
---@field on_error string?
---@field withheld integer How many actions were only reported, in `alert` mode.
---@field seconds number How long it took: the first 64 calls are measured, then one of 64.
local Rule = {}

---Turns it off, in all workers that loaded the same files. A streamed rule leaves the streams that it was reading.
function Rule:disable() end

---Turns it on again.
function Rule:enable() end

---What a group of rules is made of. For each event `init` is called, then each rule while `continue` is true, then `final`.
---@class haka.GroupOptions
---@field on haka.Event The event. Error `no event defined for rule group`.
---@field hook? haka.Event The old word for `on`.
---@field name? string Names the group.
---@field init? fun(...) Error `rule group init function expected`.
---@field continue? fun(result: any, ...): boolean Given what the rule returned; the group ends when it is false, without `final`. Error `rule group continue function expected`.
---@field final? fun(...) Error `rule group final function expected`.
---@field options? haka.StreamOptions Error `rule group options should be table`.
---@field on_error? 'drop'|'accept'|'alert' What its failures mean, whatever `--on-rule-error` says. After `accept` and `alert` the rules behind it still run (own addition).
---@field mode? 'alert'|'enforce' With `alert` nothing that the rule decides is done: drops, resets, bypasses, sendings, aborts and edits of packets, messages and streams become alerts that say what it would do, and its failures too. Buffers of its own are edited (own addition).

---A group of rules.
---@class haka.RuleGroup : haka.Rule
---@field location string File and line.
local RuleGroup = {}

---Adds a rule.
---@param rule {eval: fun(...): any}
function RuleGroup:rule(rule) end

---Something that happens, which rules listen to.
---@class haka.Event
---@field name string `'tcp:receive_packet'`.
---@field continue fun(emitter: any, ...) Called after each listener.
---@field signal fun(listener: function, options: table, ...) How a listener is called.
local Event = {}

---An event of one's own.
---
---```lua
---local alarm = haka.event.Event:new('alarm')
---haka.rule{ on = alarm, eval = function (emitter, word) print(word) end }
---haka.context:signal({}, alarm, 'ring')   --> ring
---```
---@param name string
---@param continue? fun(emitter: any, ...)
---@param signal? fun(listener: function, options: table, ...)
---@return haka.Event
function Event:new(name, continue, signal) end

---Listeners by event.
---@class haka.EventConnections
local EventConnections = {}

---Calls the listeners of an event.
---@param emitter any
---@param event haka.Event
---@param ... any
---@return boolean
function EventConnections:signal(emitter, event, ...) end

---@class haka.StaticEventConnections : haka.EventConnections
local StaticEventConnections = {}

---@return haka.StaticEventConnections
function StaticEventConnections:new() end

---Adds a listener. Error `event expected`, `function expected`.
---@param event haka.Event
---@param f fun(...)
---@param options? haka.StreamOptions
function StaticEventConnections:register(event, f, options) end

---Listeners that belong to an object, which `haka.event.self` stands for.
---@class haka.ObjectEventConnections : haka.EventConnections
local ObjectEventConnections = {}

---@param object any
---@param connections haka.StaticEventConnections
---@return haka.ObjectEventConnections
function ObjectEventConnections:new(object, connections) end

---What is kept for a connection.
---@class haka.Scope
local Scope = {}

---Keeps a value under a name.
---@param name string
---@param value any
function Scope:createnamespace(name, value) end

---The value that was kept under a name.
---@param name string
---@return any
function Scope:namespace(name) end

---Where events are signalled.
---@class haka.Context
---@field connections haka.StaticEventConnections The listeners for all, which rules are too.
local Context = {}

---Signals an event: first to the listeners for all, then to those of the current scope.
---@param emitter any
---@param event haka.Event
---@param ... any
function Context:signal(emitter, event, ...) end

---@return haka.Scope
function Context:newscope() end

---Runs a function while a scope is the current one.
---@param scope haka.Scope
---@param f fun()
function Context:exec(scope, f) end

---Adds listeners to the current scope. Error `scope required to register dynamic event connections`.
---@param connections haka.EventConnections?
function Context:register_connections(connections) end

--- ## Functions

---Registers a rule, and gives it (own addition). Error `rule parameter must be a table`, and those of its fields.
---@param rule haka.RuleOptions
---@return haka.Rule
function haka.rule(rule) end

---Registers a group of rules.
---
---```lua
---local group = haka.rule_group{
---  on = haka.dissectors.tcp.events.receive_packet,
---  continue = function (wanted) return not wanted end,
---  final = function (packet) packet:drop() end
---}
---group:rule{ eval = function (packet) return packet.dstport == 80 end }
---```
---@param group haka.GroupOptions
---@return haka.RuleGroup
function haka.rule_group(group) end

---Logs how many rules there are on each event; called after the rule files were loaded.
function haka.rule_summary() end

---A function for `eval` that shows the event's arguments and asks for Lua code to run.
---@param name string Stands in the prompt.
---@return fun(...)
function haka.interactive_rule(name) end

---Ends the processing of the packet silently; a `pcall` around it sees `false, nil`.
function haka.abort() end

---Asks the program to stop.
function haka.exit() end

---Number of the worker, from 0.
---@return integer
function haka.current_thread() end

---`'normal'`; `'console'` in the console.
---@type string
haka.mode = 'normal'

---`'normal'`, or `'passthrough'` where nothing can be changed.
---@return string
function haka.capture_mode() end

---@type haka.Context
haka.context = nil

---Classes of events and listeners.
haka.event = {}

---@type haka.Event
haka.event.Event = nil

---@type haka.EventConnections
haka.event.EventConnections = nil

---@type haka.StaticEventConnections
haka.event.StaticEventConnections = nil

---@type haka.ObjectEventConnections
haka.event.ObjectEventConnections = nil

---Stands for the object whose listeners are being called.
---@type any
haka.event.self = nil

---A listener that calls `f(object, …)`.
---@param object any
---@param f fun(...)
---@return fun(...)
function haka.event.method(object, f) end

---Events of the program itself.
haka.events = {}

---Before the first packet; without arguments.
---@type haka.Event
haka.events.started = nil

---After the last packet; without arguments.
---@type haka.Event
haka.events.exiting = nil

---What is registered, as tables.
haka.console = {}

---Rules: `name`, `event`, `location`, `type`, and `enabled`, `hits`, `errors` (own addition).
---@return table[]
function haka.console.rules() end

---Events: `event`, `listener`.
---@return table[]
function haka.console.events() end

---Workers: `id`, `status`, `recv_pkt`, `recv_bytes`, `trans_pkt`, `drop_pkt`.
---@return table[]
function haka.console.threads() end

---Dissectors by name. Unknown name: nil and a log line.
---@class haka.Dissectors
local dissectors = {}

---In `replay` and `run` all dissectors are there from the start; in `hakapcap` only `packet`, until its module was required.
---@type haka.Dissectors
haka.dissectors = nil

---A dissector as rules name it.
---@class haka.Dissector
---@field name string
---@field events table Events by name. Error `unkown event 'x'`, spelled so.
---@field policies table Policies by name. Error `unkown policy 'x'`.
---@field install haka.PolicyAction Selects the dissector for what a policy is asked about.
local Dissector = {}

---Makes a packet on top of another.
---@param parent any
---@param ... any
---@return any
function Dissector.create(parent, ...) end
