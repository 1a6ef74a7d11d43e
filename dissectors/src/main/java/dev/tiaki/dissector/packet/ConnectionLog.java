package dev.tiaki.dissector.packet;

import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.log.LogSections;

/** The connection log: section {@code conn}, level debug, Haka's words. */
public final class ConnectionLog {
  private final LogSection section;

  /** Makes the log of one worker. */
  public ConnectionLog(LogSections log) {
    section = log.section("conn");
  }

  /** Says that a flow was taken into the table. */
  public void opening(FlowEntry flow) {
    write("opening connection ", flow);
  }

  /** Says that a flow was taken out of the table. */
  public void closing(FlowEntry flow) {
    write("closing connection ", flow);
  }

  /** Says that the later packets of a flow are dropped. */
  public void dropping(FlowEntry flow) {
    write("dropping connection ", flow);
  }

  private void write(String what, FlowEntry flow) {
    if (section.isDebugEnabled()) {
      section.debug(what + flow.key());
    }
  }
}
