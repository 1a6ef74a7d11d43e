package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.cli.control.view.StatusView;
import dev.tiaki.cli.control.view.Subject;
import java.util.Set;

/** {@code GET /v1/status}: what the run does. */
final class StatusResource implements Resource {
  private final Subject subject;

  StatusResource(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Reply answer(Request request) throws Refusal {
    request.requireOnly(Set.of());
    return Reply.json(StatusView.of(subject));
  }
}
