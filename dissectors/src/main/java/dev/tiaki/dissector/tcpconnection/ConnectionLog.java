package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.log.LogSections;

/** The connection log: section {@code conn}, level debug, Haka's words. */
final class ConnectionLog {
  private final LogSection section;

  ConnectionLog(LogSections log) {
    section = log.section("conn");
  }

  void opening(TcpFlow flow) {
    write("opening connection ", flow);
  }

  void closing(TcpFlow flow) {
    write("closing connection ", flow);
  }

  void dropping(TcpFlow flow) {
    write("dropping connection ", flow);
  }

  private void write(String what, TcpFlow flow) {
    if (section.isDebugEnabled()) {
      section.debug(what + flow.key());
    }
  }
}
