package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.cli.control.metrics.MetricsPage;
import dev.tiaki.cli.control.view.Subject;

/** {@code GET /metrics}: for Prometheus. */
final class MetricsResource implements Resource {
  private final MetricsPage page;

  MetricsResource(Subject subject) {
    this.page = new MetricsPage(subject);
  }

  @Override
  public Reply answer(Request request) {
    return new Reply.Text(200, MetricsPage.CONTENT_TYPE, page.text());
  }
}
