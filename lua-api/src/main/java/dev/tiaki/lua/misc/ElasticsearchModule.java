package dev.tiaki.lua.misc;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.binding.TimeValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code misc/elasticsearch}: documents to an Elasticsearch server, in the background. */
public final class ElasticsearchModule {
  private static final long CLOSE_MILLIS = 5_000;
  private static final int ID_BYTES = 18;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

  private final LogSection log;
  private final SecureRandom random = new SecureRandom();
  private final List<BulkClient> clients = new ArrayList<>();
  private final LuaTable methods = new LuaTable();

  /** Makes the module; its problems are logged in section {@code elasticsearch}. */
  public ElasticsearchModule(LogSection log) {
    this.log = log;
    Builtin.add(methods, "newindex", this::newIndex);
    Builtin.add(methods, "insert", this::insert);
    Builtin.add(methods, "update", this::update);
    Builtin.add(methods, "timestamp", ElasticsearchModule::timestamp);
    Builtin.add(methods, "genid", all -> LuaValue.valueOf(newId()));
  }

  /** One connector as rules hold it. */
  private static final class Connector extends LuaTable {
    private final BulkClient client;

    Connector(BulkClient client, LuaTable methods) {
      this.client = client;
      LuaTable metatable = new LuaTable();
      metatable.rawset("__index", methods);
      setmetatable(metatable);
    }
  }

  /** Makes the module's table. */
  public LuaTable create() {
    LuaTable module = new LuaTable();
    Builtin.add(module, "connector", this::connect);
    return module;
  }

  /** Sends what waits, for some seconds at most, and logs what went wrong. */
  public void close() {
    for (BulkClient client : clients) {
      client.close(CLOSE_MILLIS);
      client.drainProblems(log::error);
    }
  }

  private Varargs connect(Varargs all) {
    String url = all.checkjstring(1);
    try {
      URI parsed = URI.create(url);
      if (parsed.getHost() == null) {
        throw Raised.plain("invalid parameter");
      }
    } catch (IllegalArgumentException notUrl) {
      throw Raised.plain("invalid parameter");
    }
    BulkClient client = new BulkClient(url);
    clients.add(client);
    return new Connector(client, methods);
  }

  private BulkClient client(Varargs all) {
    if (!(all.arg1() instanceof Connector connector)) {
      throw Raised.plain("invalid parameter");
    }
    connector.client.drainProblems(log::error);
    return connector.client;
  }

  private static String text(Varargs all, int index) {
    if (!all.arg(index).isstring()) {
      throw Raised.plain("invalid parameter");
    }
    return all.arg(index).tojstring();
  }

  private static String document(Varargs all, int index) {
    if (!all.arg(index).istable()) {
      throw Raised.plain("invalid parameter");
    }
    return JsonText.of(all.arg(index));
  }

  private static String quoted(Varargs all, int index) {
    text(all, index);
    return JsonText.of(all.arg(index).strvalue());
  }

  private static @Nullable String quotedOrNull(Varargs all, int index) {
    return all.arg(index).isnil() ? null : quoted(all, index);
  }

  private Varargs newIndex(Varargs all) {
    client(all).send(new BulkClient.NewIndex(text(all, 2), document(all, 3)));
    return LuaValue.NONE;
  }

  private Varargs insert(Varargs all) {
    client(all)
        .send(
            new BulkClient.Document(
                "index", quoted(all, 2), quoted(all, 3), quotedOrNull(all, 4), document(all, 5)));
    return LuaValue.NONE;
  }

  private Varargs update(Varargs all) {
    String body = "{\"doc\":" + document(all, 5) + "}";
    client(all)
        .send(
            new BulkClient.Document(
                "update", quoted(all, 2), quoted(all, 3), quoted(all, 4), body));
    return LuaValue.NONE;
  }

  private static Varargs timestamp(Varargs all) {
    if (!(all.arg(2) instanceof TimeValue time)) {
      throw Raised.plain("invalid parameter");
    }
    Instant instant = Instant.ofEpochSecond(0, time.nanos());
    return LuaValue.valueOf(STAMP.format(instant.atOffset(ZoneOffset.UTC)));
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getEncoder().encodeToString(id);
  }
}
