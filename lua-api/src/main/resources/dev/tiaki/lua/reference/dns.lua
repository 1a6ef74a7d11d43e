---@meta protocol/dns

--- # DNS
---
--- DNS on UDP flows and (own addition) TCP connections at port 53. Nothing is read while no rule is on an event of DNS. A query that has left can only be read:
--- `read only buffer`.
---
--- Names are written with a dot at the end, the root as `.`, and octets that mean something else as `\.` or `\DDD`; `invalid domain name 'x'`. `type` is a
--- mnemonic, or a number where there is none (`unknown type: x`); in `hakapcap` only the names that Haka knew.

---DNS on one flow; it has what the flow has.
---@class haka.Dns : haka.UdpConnection
---@field name string `'dns'`.
---@field flow haka.UdpConnection|haka.TcpConnection
local Dns = {}

---@return any
function Dns:parent() end

---A message.
---@class haka.DnsMessage
---@field id integer **RW**
---@field opcode integer **RW**
---@field rcode integer **RW**
---@field qdcount integer **RW**
---@field ancount integer **RW**
---@field nscount integer **RW**
---@field arcount integer **RW**
---@field qr boolean **RW**
---@field aa boolean **RW**
---@field tc boolean **RW**
---@field rd boolean **RW**
---@field ra boolean **RW**
---@field ad boolean **RW** Own addition.
---@field cd boolean **RW** Own addition.
---@field question haka.DnsQuestion The first.
---@field questions haka.DnsQuestion[] Own addition.
---@field answer haka.DnsRecord[]
---@field authority haka.DnsRecord[]
---@field additional haka.DnsRecord[]
local DnsMessage = {}

---Drops the packet, or takes the message out of the stream.
function DnsMessage:drop() end

---@class haka.DnsQuestion
---@field name string **RW**
---@field type string|integer **RW**
---@field class integer **RW**

---A record. All is **RW** unless said otherwise; binary fields are strings. What HINFO, AAAA and later types have is an own addition.
---@class haka.DnsRecord
---@field type string|integer
---@field class integer
---@field ttl integer
---@field length integer Of the data as it came.
---@field name string Whom the record is about; for NS MD MF CNAME MB MG MR PTR MX the target, as in Haka.
---@field owner string Whom the record is about, always (own addition).
---@field ip haka.Address A, AAAA, WKS.
---@field pref integer MX, RT, KX.
---@field mname string SOA.
---@field rname string SOA, MINFO.
---@field serial integer SOA.
---@field refresh integer SOA.
---@field retry integer SOA.
---@field expire integer SOA.
---@field minimum integer SOA.
---@field ename string MINFO.
---@field proto integer WKS.
---@field ports any WKS.
---@field data string|haka.VbufferSub TXT: all octets; NULL: a range; TLSA, SMIMEA: a string.
---@field strings string[] TXT; cannot be written.
---@field priority integer SRV, URI, SVCB, HTTPS.
---@field weight integer SRV, URI.
---@field port integer SRV.
---@field target string SRV, URI, SVCB, HTTPS, AFSDB, RT, KX, DNAME.
---@field order integer NAPTR.
---@field preference integer NAPTR.
---@field flags any NAPTR, CAA, DNSKEY, CDNSKEY, NSEC3, NSEC3PARAM.
---@field service string NAPTR.
---@field regexp string NAPTR.
---@field replacement string NAPTR.
---@field tag string CAA.
---@field value string CAA.
---@field cpu string HINFO.
---@field os string HINFO.
---@field key_tag integer DS, CDS, DLV, RRSIG.
---@field algorithm integer DS, CDS, DLV, DNSKEY, CDNSKEY, RRSIG, NSEC3, NSEC3PARAM, SSHFP.
---@field digest_type integer DS, CDS, DLV.
---@field digest string DS, CDS, DLV.
---@field protocol integer DNSKEY, CDNSKEY.
---@field key string DNSKEY, CDNSKEY.
---@field type_covered string|integer RRSIG.
---@field labels integer RRSIG.
---@field original_ttl integer RRSIG.
---@field expiration integer RRSIG.
---@field inception integer RRSIG.
---@field signer string RRSIG.
---@field signature string RRSIG.
---@field next string NSEC.
---@field types any[] NSEC, NSEC3.
---@field iterations integer NSEC3, NSEC3PARAM.
---@field salt string NSEC3, NSEC3PARAM.
---@field next_hash string NSEC3.
---@field usage integer TLSA, SMIMEA.
---@field selector integer TLSA, SMIMEA.
---@field matching integer TLSA, SMIMEA.
---@field fingerprint_type integer SSHFP.
---@field fingerprint string SSHFP.
---@field params {code: integer, data: string}[] SVCB, HTTPS.
---@field options {code: integer, data: string}[] OPT.
---@field udp_size integer OPT; cannot be written, as what follows.
---@field version integer OPT.
---@field extended_rcode integer OPT.
---@field dnssec_ok boolean OPT.
---@field mbox string RP.
---@field txt string RP.
---@field subtype integer AFSDB.
---@field unknown haka.VbufferSub Any other type, or data that does not fit its type; assigning a string replaces the data.

---@class haka.DnsEvents
---@field query haka.Event `(dns, message)`: each query.
---@field response haka.Event `(dns, message, query)`: each response to a query that was seen.
---@field mismatching_response haka.Event `(dns, message)`: a response to no query, before it is dropped with the alert `dns: mismatching response` (own addition).
---@field malformed haka.Event `(dns, text)`: what is no message, before it is dropped with an alert (own addition; `hakapcap` raises no alert).

---@class haka.DnsDissector : haka.Dissector
---@field events haka.DnsEvents

---@class haka.Dissectors
---@field dns haka.DnsDissector

--- ## Module

---@class haka.DnsModule
---@field events haka.DnsEvents
local dns = {}

return dns
