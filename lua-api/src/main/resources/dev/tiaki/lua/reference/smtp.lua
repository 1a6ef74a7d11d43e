---@meta protocol/smtp

--- # SMTP
---
--- Own addition: SMTP on TCP connections to port 25, and where a policy or rule says so; see the [guide](../guide/smtp.md).
---
--- ```lua
--- local smtp = require('protocol/smtp')
--- haka.rule{
---   on = haka.dissectors.smtp.events.command,
---   eval = function (smtp, command)
---     if command.command == 'VRFY' then smtp:drop() end
---   end
--- }
--- ```

---SMTP on one connection; it has what the connection has.
---@class haka.Smtp : haka.TcpConnection
---@field flow haka.TcpConnection
---@field tls boolean Whether the ends have agreed on TLS.
local Smtp = {}

---Lets the size of the chunk change whose command `BDAT` this is; to be called in its own `command` event.
function Smtp:enable_data_modification() end

---@class haka.SmtpCommand
---@field command string The verb in upper case.
---@field parameter string The rest.

---@class haka.SmtpReply
---@field code integer
---@field lines string[]
---@field text string The lines, with line breaks between them.
---@field command string? The verb that it answers.

---@class haka.SmtpEvents
---@field command haka.Event `(smtp, command)`: a command line is complete and has not left.
---@field reply haka.Event `(smtp, reply)`: the last line of a reply is complete.
---@field mail_data haka.Event `(smtp, sub)`; streamed `(smtp, iterator)`: a piece of a mail after `DATA` or `BDAT`, without the line that ends it; after `DATA` dots at the beginning of lines are still doubled.
---@field starttls haka.Event `(smtp)`: the server agreed: the rest is TLS, and is read as such where rules listen to TLS.

---@class haka.SmtpDissector : haka.Dissector
---@field events haka.SmtpEvents

---@class haka.Dissectors
---@field smtp haka.SmtpDissector

--- ## Module

---@class haka.SmtpModule
---@field events haka.SmtpEvents
local smtp = {}

return smtp
