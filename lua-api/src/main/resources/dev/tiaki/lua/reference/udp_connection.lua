---@meta protocol/udp_connection

--- # UDP flows
---
--- The packets between two ends, until they are silent for a minute. A dropped flow's packets are dropped for a minute.

---A flow: a table, on which rules keep their own fields.
---@class haka.UdpConnection
---@field srcip haka.Address
---@field dstip haka.Address
---@field srcport integer
---@field dstport integer
---@field id integer
---@field in_pkts integer
---@field in_bytes integer
---@field out_pkts integer
---@field out_bytes integer
---@field data any **RW**
---@field name string `'udp_connection'`.
---@field state string?
---@field [string] any
local UdpConnection = {}

---Drops the flow, or one packet alone.
---@param packet? haka.UdpPacket
function UdpConnection:drop(packet) end

---Sends a packet; for dissectors written in Lua.
---@param packet haka.UdpPacket
---@param payload? haka.Vbuffer
---@param clone? boolean
function UdpConnection:send(packet, payload, clone) end

---@param dissector any
function UdpConnection:select_next_dissector(dissector) end

---@return boolean
function UdpConnection:can_continue() end

function UdpConnection:continue() end

---@class haka.UdpConnectionEvents
---@field new_connection haka.Event `(flow, packet)`: the first packet between two ends, or the first after a minute of silence.
---@field receive_packet haka.Event `(flow, packet, direction)`: each packet of a flow, the first included.
---@field receive_data haka.Event `(flow, packet, direction)`: behind it.
---@field end_connection haka.Event `(flow)`: dropped, silent for a minute, or the end of the capture.
---@field detect_protocol haka.Event `(flow, packet, direction)`: the first data of a flow that no dissector was chosen for (own addition).

---@class haka.UdpConnectionPolicies
---@field next_dissector haka.Policy `port`.

---@class haka.UdpConnectionDissector : haka.Dissector
---@field events haka.UdpConnectionEvents
---@field policies haka.UdpConnectionPolicies

---@class haka.Dissectors
---@field udp_connection haka.UdpConnectionDissector

---What dissectors of protocols on top derive from.
---@class haka.UdpFlowDissector : haka.DissectorClass
local UdpFlowDissector = {}

---Has the state machine parse a packet's payload; its actions are called `(owner, result, packet, payload)`. Nothing is sent by itself. Error `invalid flow parameter`.
---@param packet haka.UdpPacket
---@param payload haka.Vbuffer
---@param direction 'up'|'down'
function UdpFlowDissector:receive(packet, payload, direction) end

---@return boolean
function UdpFlowDissector:can_continue() end

---@class haka.UdpConnectionHelper
---@field UdpFlowDissector haka.UdpFlowDissector

---The open flows.
---@class haka.UdpConnectionConsole
local Console = {}

---Rows as for TCP.
---@param dropped_too? boolean
---@return table[]
function Console.list_connections(dropped_too) end

---Error `unknown udp connection`.
---@param id string|integer
function Console.drop_connection(id) end

--- ## Module

---@class haka.UdpConnectionModule
---@field events haka.UdpConnectionEvents
---@field helper haka.UdpConnectionHelper
---@field console haka.UdpConnectionConsole
local udp_connection = {}

return udp_connection
