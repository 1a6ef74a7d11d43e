---@meta check

--- # Checks of arguments
---
--- They raise at the caller's caller.

local check = {}

---Raises.
---@param message string
---@param level? integer
function check.error(message, level) end

---Raises when a condition does not hold.
---@param condition any
---@param message string
---@param level? integer
function check.assert(condition, message, level) end

---Raises `invalid parameter n, expected x` when a value is of another type.
---@param n integer
---@param value any
---@param typename string
---@param level? integer
function check.type(n, value, typename, level) end

---Raises `invalid parameter n, expected x or y` when a value is of none of these types.
---@param n integer
---@param value any
---@param typenames string[]
---@param level? integer
function check.types(n, value, typenames, level) end

return check
