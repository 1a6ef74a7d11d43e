---@meta color

--- # Colours
---
--- Escape sequences for a terminal; empty strings when the output is none.

---@class haka.Colors
---@field clear string
---@field bold string
---@field black string
---@field red string
---@field green string
---@field yellow string
---@field blue string
---@field magenta string
---@field cyan string
---@field white string
local color = {}

return color
