package dev.tiaki.bench.rules;

import dev.tiaki.lua.runtime.LuaCall;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one piece of work costs a rule: the parse of a DNS-like and of an HTTP-like message by a
 * grammar, the search of a megabyte that does not match, and the switch to a streamed rule and
 * back, with the piece of data that wakes it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"})
public class RuleWorkBench {
  private static final String RULES =
      """
      local re = require('regexp/pcre').re
      local grammar = haka.grammar.new('bench', function ()
        label = record{ field('size', number(8)),
          field('name', bytes():count(function (self) return self.size end)) }
        dns = record{
          field('id', number(16)), field('flags', number(16)), field('qdcount', number(16)),
          field('ancount', number(16)), field('nscount', number(16)), field('arcount', number(16)),
          field('labels', array(label):untilcond(function (last) return last and last.size == 0 end)),
          field('type', number(16)), field('class', number(16)),
        }
        header = record{ field('name', token('[^:%r%n]+')), token(': '),
          field('value', token('[^%r%n]+')), token('%r?%n') }
        http = record{
          field('method', token('[A-Z]+')), token(' '), field('uri', token('[^ %r%n]+')),
          token(' HTTP/'), field('version', token('[0-9]+%.[0-9]+')), token('%r?%n'),
          field('headers', array(header):untilcond(function (_, ctx)
            return ctx:lookahead() == 0x0d
          end)), token('%r?%n'),
        }
        export(dns, http)
      end)
      local query = haka.vbuffer_from(
        "\\x12\\x34\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\3www\\7example\\3com\\0\\0\\1\\0\\1")
      local request = haka.vbuffer_from("GET /index.html?a=b HTTP/1.1\\r\\nHost: www.example.com\\r\\n"
        .. "User-Agent: curl/8.5.0\\r\\nAccept: */*\\r\\nAccept-Language: en-GB,en\\r\\n"
        .. "Cookie: id=0123456789abcdef\\r\\n\\r\\n")
      function parse_dns() return (grammar.dns:parse(query:pos('begin'))) end
      function parse_http() return (grammar.http:parse(request:pos('begin'))) end

      local line = "GET /some/path/of/it?name=value HTTP/1.1 Host: www.example.com select a from b\\n"
      local megabyte = haka.vbuffer_from(line:rep(math.floor(1048576 / #line)))
      local regexp = re:compile("(?i:insert%s+into|delete%s+from|drop%s+table|union%s+select)")
      function search_megabyte() return regexp:match(megabyte:sub()) end

      local stream = haka.vbuffer_stream()
      local manager = stream:getcomanager()
      manager:start(1, function (iter) while iter:wait() do iter:sub('available') end end)
      function switch()
        manager:process(1, stream:push(haka.vbuffer_from('x')))
        return stream:pop()
      end
      """;

  /** Makes the state, for JMH. */
  public RuleWorkBench() {}

  /** Which function of the rules. */
  @Param({"parse_dns", "parse_http", "search_megabyte", "switch"})
  public String piece;

  private LuaCall call;

  /** Loads the rules. */
  @Setup
  public void load() {
    call = new RuleState(RULES).function(piece);
  }

  /** One piece of work, as one event. */
  @Benchmark
  public LuaValue work() {
    return call.call();
  }
}
