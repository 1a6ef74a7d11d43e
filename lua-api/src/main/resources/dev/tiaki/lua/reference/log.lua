---@meta

--- # Log, alerts, time

---Writes to one section of the log. What is not shown is not formatted.
---@class haka.Logger
---@operator call(string): nil
local Logger = {}

---@param format string
---@param ... any
function Logger.fatal(format, ...) end

---@param format string
---@param ... any
function Logger.error(format, ...) end

---@param format string
---@param ... any
function Logger.warning(format, ...) end

---@param format string
---@param ... any
function Logger.info(format, ...) end

---@param format string
---@param ... any
function Logger.debug(format, ...) end

---What is told about an alert. Everything may be left out.
---@class haka.AlertFields
---@field start_time? haka.Time
---@field end_time? haka.Time
---@field severity? string `'low'`, `'medium'` or `'high'`. Error `invalid severity value 'x'`.
---@field confidence? string|number The same words or a number. Error `invalid confidence value 'x'`.
---@field completion? string `'failed'` or `'successful'`. Error `invalid completion value 'x'`.
---@field description? any
---@field method? haka.AlertMethod Error `invalid method`.
---@field sources? haka.AlertNode|haka.AlertNode[]
---@field targets? haka.AlertNode|haka.AlertNode[]
---@field ref? haka.AlertId|haka.AlertId[] Other alerts that it belongs to.

---How something was done.
---@class haka.AlertMethod
---@field description? any
---@field ref? any One or an array.

---An address or a service.
---@class haka.AlertNode
---@field type string `'address'` or `'service'`.
---@field values any One or an array.

---An alert that was posted.
---@class haka.AlertId
local AlertId = {}

---Tells more about the alert.
---@param fields haka.AlertFields
function AlertId:update(fields) end

---A point in time; `tostring` is the local time.
---@class haka.Time
---@field secs integer **RW** Seconds since 1970.
---@field nsecs integer **RW** Nanoseconds beyond them.
---@field seconds number Both together.
local Time = {}

---@return string
function Time:tostring() end

--- ## Functions

---Logs in the section `external`, as its method `info`.
---
---```lua
---haka.log("port %d", 80)               --> info external: port 80
---haka.log.warning("odd: %s", "text")   --> warn external: odd: text
---```
---@class haka.Log : haka.Logger
---@operator call(string): nil
haka.log = {}

---A logger of its own section. Error `too many log section`.
---@param name string
---@return haka.Logger
function haka.log_section(name) end

---Shows what is at least as important in the log, of one section or of all. Error `invalid log level: x`, `invalid default log level`, `invalid section name`.
---@param level string `fatal`, `error`, `warning`, `info`, `debug` or `default`.
---@param section? string
function haka.setloglevel(level, section) end

---Posts an alert. Error `unexpected field 'x'`, `expected table for 'x'`, and those of its fields.
---
---```lua
---haka.rule{
---  on = haka.dissectors.tcp_connection.events.new_connection,
---  eval = function (flow)
---    haka.alert{
---      description = "connection",
---      severity = 'low',
---      sources = haka.alert.address(flow.srcip),
---      targets = { haka.alert.address(flow.dstip), haka.alert.service(flow.dstport) }
---    }
---  end
---}
---```
---@param fields haka.AlertFields
---@return haka.AlertId
function haka.alert(fields) end

---A node of addresses.
---@param ... any
---@return haka.AlertNode
function haka.alert.address(...) end

---A node of services.
---@param ... any
---@return haka.AlertNode
function haka.alert.service(...) end

---A time.
---@param seconds number
---@return haka.Time
function haka.time(seconds) end

---The time of the packets: of the last one in a capture, now on live traffic.
---@return haka.Time
function haka.network_time() end

---@type integer
HAKA_ALERT_LOW = 1

---@type integer
HAKA_ALERT_MEDIUM = 2

---@type integer
HAKA_ALERT_HIGH = 3

---@type integer
HAKA_ALERT_NUMERIC = 4

---@type integer
HAKA_ALERT_FAILED = 1

---@type integer
HAKA_ALERT_SUCCESSFUL = 2

---@type integer
HAKA_ALERT_NODE_ADDRESS = 1

---@type integer
HAKA_ALERT_NODE_SERVICE = 2
