---@meta protocol/icmpv6

--- # ICMPv6

---A message. What stands behind `checksum` is an own addition; it is nil where the message has none.
---@class haka.Icmpv6Packet : haka.Ipv6Packet
---@field type integer **RW**
---@field code integer **RW**
---@field checksum integer **RW** Made right when anything was changed.
---@field payload haka.VbufferSub Behind the first four bytes.
---@field kind string `echo_request`, `echo_reply`, `unreachable`, `packet_too_big`, `time_exceeded`, `parameter_problem`, `redirect`, `neighbor_solicitation`, `neighbor_advertisement`, `router_solicitation`, `router_advertisement`, `other`.
---@field echo_id integer?
---@field echo_seq integer?
---@field mtu integer?
---@field pointer integer?
---@field gateway haka.Address?
---@field target haka.Address?
---@field quoted {src: haka.Address, dst: haka.Address, proto: integer, srcport: integer, dstport: integer}? The packet that the message is about.
local Icmpv6Packet = {}

---@return boolean
function Icmpv6Packet:verify_checksum() end

function Icmpv6Packet:compute_checksum() end

---@class haka.Icmpv6Events
---@field receive_packet haka.Event `(message)`
---@field send_packet haka.Event `(message)`

---@class haka.Icmpv6Dissector : haka.Dissector
---@field events haka.Icmpv6Events

---@class haka.Dissectors
---@field icmpv6 haka.Icmpv6Dissector

--- ## Module

---@class haka.Icmpv6Module
---@field events haka.Icmpv6Events
local icmpv6 = {}

---@param ip haka.Ipv6Packet
---@param init? {type: integer, code: integer}
---@return haka.Icmpv6Packet
function icmpv6.create(ip, init) end

return icmpv6
