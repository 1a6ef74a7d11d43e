---@meta misc/geoip

--- # misc/geoip

---A database.
---@class haka.GeoIp
local GeoIp = {}

---Two letters, or nil.
---@param address haka.Address
---@return string?
function GeoIp:country(address) end

--- ## Module

local geoip = {}

---Opens a country or city database in MaxMind's current format (`.mmdb`). Error `cannot initialize geoip` for any other file, the discontinued legacy format included.
---@param file string
---@return haka.GeoIp
function geoip.open(file) end

return geoip
