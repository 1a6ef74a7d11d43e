---@meta protocol/tcp_connection

--- # TCP connections
---
--- A direction is `'up'`, from the initiator, or `'down'`. `require('protocol/tcp-connection')` gives the same connections under the early name, whose data rules are
--- called `(flow, stream, current, direction)`.
---
--- ```lua
--- haka.rule{
---   on = haka.dissectors.tcp_connection.events.receive_data,
---   options = { streamed = true },
---   eval = function (flow, iter, direction)
---     local first = iter:sub(3)
---     if direction == 'up' then print(first:asstring()) end
---   end
--- }
--- ```

---A connection: a table, on which rules keep their own fields. A field that was never assigned is nil (`unknown field 'x'` in `hakapcap`).
---@class haka.TcpConnection
---@field srcip haka.Address The initiator's.
---@field dstip haka.Address The responder's.
---@field srcport integer
---@field dstport integer
---@field id integer From 1, in its worker.
---@field in_pkts integer From the initiator.
---@field in_bytes integer Of IP packets.
---@field out_pkts integer
---@field out_bytes integer
---@field data any **RW**
---@field name string `'tcp_connection'`.
---@field state string? `syn`, `syn_sent`, `syn_received`, `established`, `fin_wait_1`, `fin_wait_2`, `closing`, `timed_wait`, `reset`; nil once closed.
---@field midstream boolean Whether the beginning was not seen (own addition).
---@field connection haka.TcpConnection The flow itself, for rules of Haka 0.3.
---@field [string] any
local TcpConnection = {}

---Sends what is ready in one stream or both. Error `invalid direction 'x', expected 'up' or 'down'`.
---@param direction? 'up'|'down'
function TcpConnection:send(direction) end

---Drops the connection silently. Error `connection already dropped` once it is closed.
function TcpConnection:drop() end

---An RST to both ends, then drop. Error `cannot reset a non-established connection`.
function TcpConnection:reset() end

---An RST to the server only, then drop. The same error.
function TcpConnection:halfreset() end

---Ends the inspection (own addition): what is kept back leaves, and a live connection that was not edited no longer leaves the kernel.
function TcpConnection:bypass() end

---Puts `haka.dissectors.d`, or the one of that name, on top. Error `dissector 'x' cannot be selected here`.
---@param dissector any
function TcpConnection:select_next_dissector(dissector) end

---Whether it is neither dropped nor closed.
---@return boolean
function TcpConnection:can_continue() end

---Aborts when it cannot.
function TcpConnection:continue() end

---Left to the engine: Haka's own state machine called this and the next two. Error `operation not supported`.
---@param packet haka.TcpPacket
---@param direction 'up'|'down'
function TcpConnection:push(packet, direction) end

---@param direction 'up'|'down'
function TcpConnection:finish(direction) end

function TcpConnection:clearstream() end

---@class haka.TcpConnectionEvents
---@field new_connection haka.Event `(flow, packet)`: a connection is about to open.
---@field receive_packet haka.Event `(flow, packet, direction)`: each packet of a known connection.
---@field receive_data haka.Event `(flow, sub, direction)`: data is there in order; with `options = { streamed = true }` `(flow, iterator, direction)`, once per connection and direction, as a coroutine.
---@field end_connection haka.Event `(flow)`: once, whatever ended it.
---@field detect_protocol haka.Event As `receive_data`: the first data of each direction of a connection that no dissector was chosen for; `flow:select_next_dissector(d)` here gives it these data too (own addition).

---@class haka.TcpConnectionPolicies
---@field new_connection haka.Policy `srcip srcport dstip dstport`.
---@field no_connection_found haka.Policy The same; alert and drop.
---@field unexpected_packet haka.Policy No values; alert and drop.
---@field invalid_handshake haka.Policy Never applied.
---@field next_dissector haka.Policy `port`.

---@class haka.TcpConnectionDissector : haka.Dissector
---@field events haka.TcpConnectionEvents
---@field policies haka.TcpConnectionPolicies

---@class haka.Dissectors
---@field tcp_connection haka.TcpConnectionDissector

---What dissectors of protocols on top derive from; see [dissectors in Lua](dissector.md).
---@class haka.TcpFlowDissector : haka.DissectorClass
---@field flow haka.TcpConnection
local TcpFlowDissector = {}

---Runs `receive_streamed` as a coroutine for each direction, then sends.
---@param stream haka.VbufferStream
---@param iter haka.VbufferIterator
---@param direction 'up'|'down'
function TcpFlowDissector:receive(stream, iter, direction) end

---Has the state machine parse while there is data. Error `no state machine defined`.
---@param iter haka.BlockingIterator
---@param direction 'up'|'down'
function TcpFlowDissector:receive_streamed(iter, direction) end

function TcpFlowDissector:drop() end

function TcpFlowDissector:reset() end

---@return boolean
function TcpFlowDissector:can_continue() end

---@class haka.TcpConnectionHelper
---@field TcpFlowDissector haka.TcpFlowDissector

---The open connections.
---@class haka.TcpConnectionConsole
local Console = {}

---Rows `id srcip srcport dstip dstport state in_pkts in_bytes out_pkts out_bytes`; an id is `'worker-number'`.
---@param dropped_too? boolean
---@return table[]
function Console.list_connections(dropped_too) end

---Error `unknown tcp connection`.
---@param id string|integer
function Console.drop_connection(id) end

---@param id string|integer
function Console.reset_connection(id) end

--- ## Module

---@class haka.TcpConnectionModule
---@field events haka.TcpConnectionEvents
---@field helper haka.TcpConnectionHelper
---@field console haka.TcpConnectionConsole
local tcp_connection = {}

return tcp_connection
