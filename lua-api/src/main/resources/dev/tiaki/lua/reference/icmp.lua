---@meta protocol/icmp

--- # ICMP

---A message. What stands behind `checksum` is an own addition; it is nil where the message has none.
---@class haka.IcmpPacket : haka.Ipv4Packet
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
local IcmpPacket = {}

---@return boolean
function IcmpPacket:verify_checksum() end

function IcmpPacket:compute_checksum() end

---@class haka.IcmpEvents
---@field receive_packet haka.Event `(message)`
---@field send_packet haka.Event `(message)`

---@class haka.IcmpDissector : haka.Dissector
---@field events haka.IcmpEvents

---@class haka.Dissectors
---@field icmp haka.IcmpDissector

--- ## Module

---@class haka.IcmpModule
---@field events haka.IcmpEvents
local icmp = {}

---@param ip haka.Ipv4Packet
---@param init? {type: integer, code: integer}
---@return haka.IcmpPacket
function icmp.create(ip, init) end

return icmp
