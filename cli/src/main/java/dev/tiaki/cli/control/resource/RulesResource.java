package dev.tiaki.cli.control.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.control.http.Json;
import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.view.RuleRow;
import dev.tiaki.cli.control.view.Subject;
import java.util.List;
import java.util.Set;

/** {@code /v1/rules}: the rules, what they did, and whether they run. */
final class RulesResource {
  private record Rules(List<RuleRow> rules) {}

  private final Subject subject;

  RulesResource(Subject subject) {
    this.subject = subject;
  }

  /** {@code GET /v1/rules}. */
  Reply list(Request request) throws Refusal {
    request.requireOnly(Set.of());
    return Reply.json(new Rules(RuleRow.all(subject.engine())));
  }

  /** {@code GET /v1/rules/ID}. */
  Reply one(Request request) throws Refusal {
    return Reply.json(find(request));
  }

  /** {@code POST /v1/rules/ID} with <code>{"enabled": false}</code> turns a rule off. */
  Reply change(Request request) throws Refusal {
    RuleRow rule = find(request);
    JsonNode enabled = Json.object(request.body()).path("enabled");
    if (!enabled.isBoolean()) {
      throw Refusal.badRequest("the body must be {\"enabled\": true} or {\"enabled\": false}");
    }
    RuleRow.setEnabled(subject.engine(), rule.id(), enabled.booleanValue());
    return Reply.json(find(request));
  }

  private RuleRow find(Request request) throws Refusal {
    String id = request.variable("id");
    for (RuleRow rule : RuleRow.all(subject.engine())) {
      if (Integer.toString(rule.id()).equals(id)) {
        return rule;
      }
    }
    throw Refusal.notFound("there is no rule '" + id + "'");
  }
}
