---@meta

--- # Dissectors in Lua
---
--- A dissector is a class on one of the types of `haka.helper`, `tcp_connection.helper` or `udp_connection.helper`. Rules cannot tell it from those of the program.
---
--- ```lua
--- local tcp_connection = require('protocol/tcp_connection')
--- local Lines = haka.dissector.new{ type = tcp_connection.helper.TcpFlowDissector, name = 'lines' }
--- Lines:register_event('line')
---
--- local grammar = haka.grammar.new('lines', function ()
---   line = record{ field('text', token('[^%r%n]*')), token('%r?%n') }
---   export(line)
--- end)
---
--- Lines.state_machine = haka.state_machine.new('lines', function ()
---   state_type(BidirectionalState)
---   talk = state(grammar.line, grammar.line)
---   any:on{ event = events.parse_error, execute = function (self) self:drop() end }
---   talk:on{ events = { events.up, events.down }, execute = function (self, line) self:trigger('line', line) end }
---   initial(talk)
--- end)
---
--- haka.policy{
---   on = haka.dissectors.tcp_connection.policies.next_dissector,
---   port = 7777,
---   action = haka.dissectors.lines.install
--- }
---
--- haka.rule{
---   on = haka.dissectors.lines.events.line,
---   eval = function (lines, line) print(lines.dstport, line.text) end
--- }
--- ```
---
--- Reading a field that an object does not have asks the layer below: `lines.srcip` is the connection's. Names that begin with `_` are not asked for. At
--- the end of the chain: `unknown field 'x' on dissector 'y'`.

---A class of dissectors.
---@class haka.DissectorClass : haka.Class
---@field grammar haka.Grammar? What a packet dissector parses with: a grammar with one export.
---@field state_machine haka.StateMachine? What a flow dissector runs.
---@field auto_state_machine boolean Whether instances start it themselves.
---@field connections haka.StaticEventConnections Listeners of each instance.
---@field options table
---@field events table
---@field policies table
local DissectorClass = {}

---Adds an event.
---@param name string
---@param continue? fun(emitter: any, ...)
---@param signal? fun(listener: function, options: table, ...)
---@param options? table
function DissectorClass:register_event(name, continue, signal, options) end

---Adds an event whose rules may be streamed; it is triggered with `(stream, iterator, …)`.
---@param name string
---@param continue? fun(emitter: any, ...)
function DissectorClass:register_streamed_event(name, continue) end

---Fields that are nil rather than asked of the layer below.
---@param names string[]
function DissectorClass:available_fields(names) end

---Makes an instance on a layer; `new` unless told.
---@param parent any
---@return haka.DissectorInstance
function DissectorClass:activate(parent) end

---Makes a packet on top of another.
---@param parent any
---@param ... any
---@return haka.DissectorInstance
function DissectorClass:create(parent, ...) end

---How a streamed event calls its listeners; for `signal`.
---@param listener function
---@param options table
---@param self any
---@param stream haka.VbufferStream
---@param current haka.VbufferIterator
---@param ... any
function DissectorClass.stream_wrapper(listener, options, self, stream, current, ...) end

---An instance on a layer.
---@class haka.DissectorInstance
---@field name string
---@field state string? The state of its machine.
---@field [string] any
local DissectorInstance = {}

---Signals one of its events.
---@param event string
---@param ... any
function DissectorInstance:trigger(event, ...) end

---The layer below, n layers below, or the nearest of a name.
---@param which? integer|string
---@return any
function DissectorInstance:parent(which) end

function DissectorInstance:drop() end

function DissectorInstance:send() end

---What an error in it does: drops.
function DissectorInstance:error() end

---@param fields haka.AlertFields
---@return haka.AlertId
function DissectorInstance:alert(fields) end

---@return boolean
function DissectorInstance:can_continue() end

---Aborts when it cannot.
function DissectorInstance:continue() end

---Its listeners.
---@return haka.ObjectEventConnections?
function DissectorInstance:connections() end

---Values for its policy `next_dissector`.
---@return table
function DissectorInstance:install_criterion() end

---Puts a dissector on top.
---@param selected haka.DissectorClass|haka.DissectorInstance
function DissectorInstance:select_next_dissector(selected) end

---Makes what was selected, once, and gives it.
---@return haka.DissectorInstance?
function DissectorInstance:activate_next_dissector() end

---Runs a function as a coroutine over a stream, or goes on with it.
---@param stream haka.VbufferStream
---@param f fun(this: any, iter: haka.BlockingIterator, ...)
---@param this any
---@param current haka.VbufferIterator
---@param ... any
function DissectorInstance:streamed(stream, f, this, current, ...) end

---An instance for one packet. Every class of them has the events `receive_packet`, `send_packet` and `protocol_error`.
---@class haka.PacketDissectorInstance : haka.DissectorInstance
local PacketDissectorInstance = {}

---Receives, with errors contained.
function PacketDissectorInstance:preceive() end

---Parses, signals `receive_packet`, goes on with the next dissector or sends.
function PacketDissectorInstance:receive() end

---@param parent any
function PacketDissectorInstance:parse(parent) end

---Reads the payload of the layer below; with the grammar's only export unless told. Error `not implemented for grammar exporting more than 1 element`.
---@param parent any
---@param payload haka.Vbuffer
function PacketDissectorInstance:parse_payload(parent, payload) end

---@param parent any
---@param init table
---@param size? integer
function PacketDissectorInstance:create(parent, init, size) end

---@param parent any
---@param payload haka.Vbuffer
---@param init table
function PacketDissectorInstance:create_payload(parent, payload, init) end

---Puts the payload back.
function PacketDissectorInstance:forge() end

---Makes the payload ready to leave.
---@param parent any
---@param payload haka.Vbuffer
function PacketDissectorInstance:forge_payload(parent, payload) end

---Sends a forged packet in as if it had been received.
function PacketDissectorInstance:inject() end

--- ## Functions

---Dissectors in Lua.
haka.dissector = {}

---Makes a class and publishes it in `haka.dissectors`. Error `no type defined for dissector 'x'`, `dissector 'x' already defined`.
---@param of {name: string, type: haka.DissectorClass}
---@return haka.DissectorClass
function haka.dissector.new(of) end

---Runs a function for an object: an error is logged under its name and told to its method `error`, an abort is silent.
---@param object haka.DissectorInstance
---@param f fun(): any
---@return any
function haka.dissector.pcall(object, f) end

---@param direction 'up'|'down'
---@return 'up'|'down'
function haka.dissector.opposite_direction(direction) end

---The types.
haka.helper = {}

---@type haka.DissectorClass
haka.helper.Dissector = nil

---A packet in a packet.
---@type haka.DissectorClass
haka.helper.PacketDissector = nil

---Something with a state.
---@type haka.DissectorClass
haka.helper.FlowDissector = nil
