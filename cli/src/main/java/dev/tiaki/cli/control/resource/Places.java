package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.console.ConsoleResource;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.http.Routes;
import dev.tiaki.cli.control.view.FlowAction;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.tracker.ConnectionTracker;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which resource is where. */
public final class Places {
  private Places() {}

  /**
   * Returns all places of the API of one run.
   *
   * @param socket the file of its Unix socket, or null
   */
  public static Routes of(
      Subject subject, EventHub hub, ConnectionTracker tracker, @Nullable Path socket) {
    RulesResource rules = new RulesResource(subject);
    FlowsResource flows = new FlowsResource(subject);
    ConnectionsResource connections = new ConnectionsResource(subject);
    LogLevelResource levels = new LogLevelResource(subject);
    Routes routes =
        new Routes()
            .add("GET", "/v1/status", new StatusResource(subject))
            .add("POST", "/v1/stop", new StopResource(subject))
            .add("POST", "/v1/reload", new ReloadResource(subject))
            .add("GET", "/v1/rules", rules::list)
            .add("GET", "/v1/rules/{id}", rules::one)
            .add("POST", "/v1/rules/{id}", rules::change)
            .add("GET", "/v1/flows", flows::list)
            .add("GET", "/v1/flows/{id}", flows::one);
    for (FlowAction action : FlowAction.values()) {
      routes.add("POST", "/v1/flows/{id}/" + action.word(), flows.acting(action));
    }
    routes
        .add("GET", "/v1/connections", connections::list)
        .add("POST", "/v1/connections/read", connections::read)
        .add("POST", "/v1/connections/delete", connections::delete)
        .add("GET", "/v1/loglevel", levels::show)
        .add("PUT", "/v1/loglevel", levels::change)
        .add("GET", "/v1/events", new EventsResource(hub))
        .add("GET", "/v1/clients", new ClientsResource(tracker, socket))
        .add("GET", "/v1/openapi.yaml", new DescriptionResource())
        .add("GET", "/metrics", new MetricsResource(subject));
    return ConsoleResource.addTo(routes, subject);
  }
}
