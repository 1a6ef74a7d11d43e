---@meta protocol/tls

--- # TLS
---
--- Own addition: TLS handshakes on TCP connections at port 443, and at any port when a rule listens. After the handshake there is nothing left to read, so the
--- pattern is:
---
--- ```lua
--- local watched = { ['example.org'] = true }
--- haka.rule{ on = haka.dissectors.tls.events.handshake,
---   eval = function (tls) if not watched[tls.sni] then tls:bypass() end end }
--- ```

---TLS on one connection; it has what the connection has, `drop()`, `reset()` and `bypass()` included.
---@class haka.Tls : haka.TcpConnection
---@field sni string? The host's name; with `ech` it may be a mere front.
---@field alpn string[] What the client offers, as what follows.
---@field versions any[]
---@field ciphers any[]
---@field extensions any[]
---@field version string `'TLS 1.3'` …: what the server chose, before that the highest that the client offers.
---@field ja3 string Fingerprint of the client hello.
---@field ja3_text string
---@field ja4 string
---@field ech boolean Whether there is an encrypted client hello.
---@field grease boolean Whether there are numbers that mean nothing.
---@field cipher any Of the server hello, as what follows.
---@field selected_alpn string?
---@field server_extensions any[]
---@field retry boolean
---@field ja3s string
---@field ja3s_text string
---@field subject string? Of the end's own certificate.
---@field issuer string?
---@field certificates string[] In DER.
---@field flow haka.TcpConnection

---@class haka.TlsEvents
---@field client_hello haka.Event `(tls)`: each hello, those around a retry included.
---@field server_hello haka.Event `(tls)`
---@field certificate haka.Event `(tls)`: the certificates that an end sent in the clear: up to TLS 1.2.
---@field handshake haka.Event `(tls)`, once: what follows is encrypted, or the connection has ended.
---@field malformed haka.Event `(tls, text)`: what does not go on as TLS; an alert is raised, and the connection goes on.

---@class haka.TlsDissector : haka.Dissector
---@field events haka.TlsEvents

---@class haka.Dissectors
---@field tls haka.TlsDissector

--- ## Module

---@class haka.TlsModule
---@field events haka.TlsEvents
local tls = {}

return tls
