package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.cli.control.view.RuleRow;
import dev.tiaki.cli.control.view.Subject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/reload}: reads the rule files anew; when one is broken the old rules go on. */
final class ReloadResource implements Resource {
  private static final Pattern PLACE = Pattern.compile("(?s)(.+?):(\\d+): (.*)");

  private record Reloaded(boolean reloaded, int rules) {}

  private record RuleProblem(@Nullable String file, @Nullable Integer line, String message) {
    static RuleProblem of(String text) {
      Matcher place = PLACE.matcher(text);
      return place.matches()
          ? new RuleProblem(place.group(1), Integer.valueOf(place.group(2)), place.group(3))
          : new RuleProblem(null, null, text);
    }
  }

  private final Subject subject;

  ReloadResource(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Reply answer(Request request) throws Refusal {
    List<String> problems = subject.engine().reload();
    if (!problems.isEmpty()) {
      throw new Refusal(
          409,
          "the old rules go on: " + problems.getFirst(),
          problems.stream().map(RuleProblem::of).toList());
    }
    return Reply.json(new Reloaded(true, RuleRow.all(subject.engine()).size()));
  }
}
