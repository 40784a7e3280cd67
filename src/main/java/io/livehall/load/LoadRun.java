package io.livehall.load;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run, from top to bottom: places, hosts, viewers, the measured time, the verdict, the end. */
final class LoadRun {
  private static final Duration STEP = Duration.ofMillis(20);

  private final LoadOptions options;
  private final PrintStream out;
  private final Stop stop;
  private final Api api = new Api();
  private final Vitals vitals;

  LoadRun(LoadOptions options, PrintStream out, Stop stop) {
    this.options = options;
    this.out = out;
    this.stop = stop;
    this.vitals = new Vitals(options.server());
  }

  /**
   * Blocks until it is over.
   *
   * @throws LoadException where there is nothing to tell
   */
  Result run() {
    var scene = new Scene(options, places());
    var passes = new Passes(options, api, stop);
    try (var wire = new Wire(options.viewers().loops());
        var hosts = new Hosts(scene, hosts(scene, passes))) {
      var audience = new Audience(scene, wire);
      try {
        return run(scene, hosts, audience, passes);
      } finally {
        audience.leave();
      }
    }
  }

  private Result run(Scene scene, Hosts hosts, Audience audience, Passes passes) {
    boolean isOver = false;
    try {
      hosts.openAll(stop);
      requireNoTrouble(hosts);
      requireRooms(scene);
      say("%d rooms are live; %d viewers come in", scene.stage().size(), options.viewers().count());
      Tally before = scene.tally();
      audience.open(passes::ofViewer, stop);
      requireSomebody(scene, before);
      say("%d viewers have their view; measuring", scene.right().get());
      Result.Measured measured = measure(scene, hosts, audience);
      hosts.rest();
      say("quiet; judging");
      Judge.Judgement judgement = new Judge(scene, audience, api).judge();
      Recount.Outcome likes = new Recount(scene, api).count();
      isOver = true;
      return new Result(
          options, before, measured, scene.tally(), judgement, likes, hosts.closeAll());
    } finally {
      if (!isOver) {
        hosts.closeAll();
      }
    }
  }

  private Result.Measured measure(Scene scene, Hosts hosts, Audience audience) {
    Map<String, Double> first = vitals.take();
    scene.journal().forget();
    Duration cpu = cpu();
    Tally tally = scene.turnOver();
    long begun = System.nanoTime();
    play(scene, hosts, audience);
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    scene.turnOver();
    double cores = (double) cpu().minus(cpu).toNanos() / time.toNanos();
    return new Result.Measured(tally, time, cores, first, vitals.take());
  }

  private void play(Scene scene, Hosts hosts, Audience audience) {
    var progress = new Progress(scene, audience);
    var changes = new Beat(options.hosts().churn());
    var likes = new Beat(options.hosts().likes());
    var drops = new Beat(options.viewers().reconnects());
    var report = new Beat(1.0 / options.run().reportEvery().toSeconds());
    long end = System.nanoTime() + options.run().measured().toNanos();
    while (System.nanoTime() < end && !stop.pause(STEP)) {
      changes.due(hosts::change);
      likes.due(() -> audience.anyone(Viewer::like));
      drops.due(() -> audience.anyone(Viewer::loseSocket));
      hosts.beat();
      report.due(() -> out.println(progress.line()));
      requireNoTrouble(hosts);
    }
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    String why = "";
    for (URI base : options.server().bases()) {
      Api.Reply reply = api.call(base, Api.Call.get("/v1/config"));
      String push = reply.isGood() ? reply.json().getString("pushUrl") : null;
      if (push == null) {
        why = "%s/v1/config answers %s".formatted(base, reply.detail());
        say("left out: %s", why);
      } else {
        say("%s, viewers at %s", base, push);
        places.add(new Place(base, URI.create(push)));
      }
    }
    if (places.isEmpty()) {
      throw new LoadException("no server: " + why);
    }
    return places;
  }

  private List<Host> hosts(Scene scene, Passes passes) {
    int count = options.hosts().count();
    if (passes.makesAccounts() && count > 0) {
      say("making %d accounts", count);
    }
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < count && !stop.isWanted(); i++) {
      hosts.add(new Host(scene, api, passes.ofHost(i), i));
    }
    return hosts;
  }

  private static void requireNoTrouble(Hosts hosts) {
    LoadException trouble = hosts.trouble();
    if (trouble != null) {
      throw trouble;
    }
  }

  private void requireRooms(Scene scene) {
    if (options.hosts().count() > 0 && scene.stage().size() == 0 && !stop.isWanted()) {
      throw new LoadException(
          "no host could go live; his calls went " + scene.tally().names("call"));
    }
  }

  private void requireSomebody(Scene scene, Tally before) {
    if (scene.right().get() == 0) {
      throw new LoadException(
          "no viewer got in%s: closed %s, refused %s"
              .formatted(
                  stop.isWanted() ? " before it was stopped" : "",
                  before.names("closed"),
                  before.names("refused")));
    }
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void say(String format, Object... values) {
    out.println(String.format(format, values));
  }
}
