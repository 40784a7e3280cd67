package io.livehall.redis;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.Members;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever users do, and in whatever order: the counters are those of a plain model in memory. */
class RedisModelTest {
  private static final int USERS = 12;
  private static final int ROUNDS = 400;

  private final RedisStage stage = new RedisStage();

  /** One room, as it should be. */
  private static final class Model {
    final LinkedHashSet<String> here = new LinkedHashSet<>();
    final Set<String> lapsed = new TreeSet<>();
    final Set<String> visitors = new TreeSet<>();
    final Map<String, String> nameByUser = new TreeMap<>();
    long peak;

    Done enter(String user, String name) {
      boolean hasCome = !here.contains(user);
      if (hasCome || !name.equals(nameByUser.get(user))) {
        here.remove(user);
        here.add(user);
      }
      lapsed.remove(user);
      visitors.add(user);
      nameByUser.put(user, name);
      peak = Math.max(peak, here.size());
      return new Done(hasCome, true, null);
    }

    Done renew(String user) {
      return new Done(false, here.contains(user), null);
    }

    Done leave(String user) {
      boolean hasLeft = here.remove(user);
      lapsed.remove(user);
      return new Done(
          hasLeft, false, hasLeft ? RedisStage.viewer(user, nameByUser.get(user)) : null);
    }

    Tally tally() {
      return new Tally(here.size(), 0, peak, visitors.size());
    }

    List<String> newestFirst() {
      List<String> users = new ArrayList<>(here);
      java.util.Collections.reverse(users);
      return users;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void countersAreThoseOfTheModel(long seed) {
    Random random = new Random(seed);
    List<RoomId> rooms = IntStream.range(0, 4).mapToObj(i -> stage.open()).toList();
    // One of them comes soon to where the numbers of the entries begin anew.
    RedisStage.set(rooms.get(0), "seq", RedisStage.ENTRIES - 50);
    List<Model> models = IntStream.range(0, 4).mapToObj(i -> new Model()).toList();

    for (int round = 0; round < ROUNDS; round++) {
      List<Visits> visits = new ArrayList<>();
      List<List<Done>> expected = new ArrayList<>();
      for (int i = 0; i < rooms.size(); i++) {
        List<Step> steps = new ArrayList<>();
        List<Done> done = new ArrayList<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
          step(random, models.get(i), steps, done);
        }
        visits.add(new Visits(rooms.get(i), steps));
        expected.add(done);
      }

      List<Visited> visited = await(stage.counters.visit(visits));

      assertThat(visited).extracting(Visited::done).isEqualTo(expected);
      assertThat(visited)
          .extracting(Visited::tally)
          .isEqualTo(models.stream().map(Model::tally).toList());
      int one = random.nextInt(rooms.size());
      lapse(random, rooms.get(one), models.get(one));
      assertSame(rooms.get(one), models.get(one), random.nextInt(3));
    }
  }

  private static void step(Random random, Model model, List<Step> steps, List<Done> done) {
    String user = "u" + random.nextInt(USERS);
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        String name = "name" + random.nextInt(2);
        steps.add(RedisStage.enter(user, name));
        done.add(model.enter(user, name));
      }
      case 2 -> {
        steps.add(new Step.Renew(new UserId(user)));
        done.add(model.renew(user));
      }
      default -> {
        steps.add(new Step.Leave(new UserId(user)));
        done.add(model.leave(user));
      }
    }
  }

  /** Some leases run out; nobody is told. */
  private static void lapse(Random random, RoomId room, Model model) {
    for (String user : List.copyOf(model.here)) {
      if (random.nextInt(4) == 0) {
        RedisStage.lapse(room, user);
        model.here.remove(user);
        model.lapsed.add(user);
      }
    }
  }

  private void assertSame(RoomId room, Model model, int goneMax) {
    var look = stage.look(room, goneMax);
    look.gone().forEach(viewer -> assertThat(model.lapsed.remove(viewer.id().value())).isTrue());

    Members members = await(stage.counters.members(room, 0, 100));

    assertThat(look.gone()).hasSizeLessThanOrEqualTo(goneMax);
    assertThat(look.tally()).isEqualTo(model.tally());
    assertThat(members.total()).isEqualTo(model.here.size());
    assertThat(members.viewers())
        .extracting(viewer -> viewer.id().value())
        .isEqualTo(model.newestFirst());
    long entries = RedisStage.raw("XLEN", RedisStage.key(room, 'm')).toLong();
    assertThat(entries).isEqualTo(model.here.size() + model.lapsed.size());
  }
}
