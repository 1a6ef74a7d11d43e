---@meta misc/crypto

--- # misc/crypto
---
--- ```lua
--- local crypto = require('misc/crypto')
--- print(crypto.base64.encode('tiaki'), crypto.base64.decode('dGlha2k='))   --> dGlha2k= tiaki
--- ```

local crypto = {}

crypto.base64 = {}

---Without line breaks.
---@param s string
---@return string
function crypto.base64.encode(s) end

---Error `openssl error` for what is not base64.
---@param s string
---@return string
function crypto.base64.decode(s) end

return crypto
