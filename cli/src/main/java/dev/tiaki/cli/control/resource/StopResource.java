package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.cli.control.view.Subject;

/** {@code POST /v1/stop}: ends the run as a signal does. */
final class StopResource implements Resource {
  private record Stopping(boolean stopping) {}

  private final Subject subject;

  StopResource(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Reply answer(Request request) {
    subject.engine().stop();
    return Reply.json(202, new Stopping(true));
  }
}
