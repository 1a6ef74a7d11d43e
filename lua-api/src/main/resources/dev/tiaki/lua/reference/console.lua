---@meta

--- # The console
---
--- These names are there in `tiaki console` alone, which talks to a running program; rule files do not have them.

---Runs functions in the workers of the program.
hakactl = {}

---@param worker integer|'all'|'any'
---@param f fun(): any
---@return any[]
function hakactl.remote(worker, f) end

---The table in which typed lines run.
console = {}

---@return haka.List
function console.threads() end

---@return haka.List
function console.events() end

---@return haka.List
function console.rules() end

---@param level string
---@param section? string
function console.setloglevel(level, section) end

---Stops the program and the console.
function console.stop() end

---Connections, whose methods act on every row.
---@class haka.Connections : haka.List
local Connections = {}

function Connections:drop() end

---TCP only.
function Connections:reset() end

console.tcp = {}

---Error `tcp protocol not available`.
---@param dropped_too? boolean
---@return haka.Connections
function console.tcp.connections(dropped_too) end

console.udp = {}

---Error `udp protocol not available`.
---@param dropped_too? boolean
---@return haka.Connections
function console.udp.connections(dropped_too) end
