// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.RegistrationBuilder;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.registration.Segment.All;
import dev.boomerang.model.registration.Segment.Any;
import dev.boomerang.model.registration.Segment.HasAlias;
import dev.boomerang.model.registration.Segment.HasAttribute;
import dev.boomerang.model.registration.Segment.HasTag;
import dev.boomerang.model.registration.Segment.HasUser;
import dev.boomerang.model.registration.Segment.InRegion;
import dev.boomerang.model.registration.Segment.Not;
import dev.boomerang.model.registration.Segment.OnPlatform;
import dev.boomerang.model.registration.Segment.RegistrationIs;
import dev.boomerang.model.text.Digests;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tests every [SegmentStore]: its index answers what [Segment#covers] says.
public abstract class SegmentStoreContract extends StoreContract {
  private static final List<String> TAGS = List.of("vip", "新用户", "beta", "old", "p:ios");
  private static final List<String> NAMES = List.of("ada", "bob", "eve");

  private SegmentStore segments() {
    return store().segments();
  }

  private Set<RegistrationId> picked(Segment segment) {
    RegistrationSet registrationSet = segments().resolve(SHOP, segment);
    List<Registration> found = segments().registrations(registrationSet);
    assertThat(found).hasSize(registrationSet.size());
    return found.stream().map(Registration::id).collect(Collectors.toSet());
  }

  private Registration add(RegistrationBuilder registration) {
    return store().registrations().add(registration.build());
  }

  @Test
  void segment_followsEveryChangeOfARegistration() {
    Registration ada = add(aRegistration().tagged("vip"));
    Registration bob = add(aRegistration().tagged("vip", "beta"));
    add(aRegistration().of(BANK).tagged("vip"));
    assertThat(picked(new HasTag("vip"))).containsExactlyInAnyOrder(ada.id(), bob.id());

    Profile without =
        new Profile(Optional.empty(), Optional.of("b"), Set.of("beta"), Optional.of("cn"));
    store().registrations().replace(bob.changed(bob.device(), without, bob.reachability()));
    store().registrations().replace(bob.changed(bob.device(), Profile.EMPTY, bob.reachability()));

    assertThat(picked(new HasTag("vip"))).containsExactly(ada.id());
    assertThat(picked(new Not(new HasTag("vip")))).containsExactly(bob.id());
    assertThat(picked(new InRegion("cn"))).containsExactly(bob.id());

    store().registrations().remove(bob.id(), NOW);

    assertThat(picked(new Not(new HasTag("vip")))).isEmpty();
    assertThat(picked(new HasAlias("b"))).isEmpty();
    assertThat(picked(new All(List.of()))).containsExactly(ada.id());
  }

  @Test
  void segment_seesEveryRegistrationAtOneMoment_whateverChanges() {
    Registration ada = add(aRegistration().tagged("a"));
    var aOrB = new Any(List.of(new All(List.of(new HasTag("b"))), new HasTag("a")));
    var done = new AtomicBoolean();

    List<Integer> wrong =
        ConcurrentCalls.among(
            2,
            racer -> {
              if (racer == 0) {
                Registration now = ada;
                for (int i = 0; i < 200; i++) {
                  String tag = i % 2 == 0 ? "b" : "a";
                  var profile =
                      new Profile(
                          Optional.empty(), Optional.empty(), Set.of(tag), Optional.empty());
                  now = now.changed(now.device(), profile, now.reachability());
                  store().registrations().replace(now);
                }
                done.set(true);
                return 0;
              }
              int missed = 0;
              while (!done.get()) {
                missed += segments().resolve(SHOP, aOrB).size() == 1 ? 0 : 1;
              }
              return missed;
            });

    assertThat(wrong).containsOnly(0);
  }

  /// Texts of the longest that may come, compressible or not, and such as look like another's key
  /// or hash.
  private static List<String> texts() {
    var random = new Random(5);
    var texts = new ArrayList<String>();
    for (int length : new int[] {1, 255, 256, 1_023, 1_024, 1_025, 3_000, 4_096}) {
      texts.add("x".repeat(length));
      texts.add(randomText(random, length, 'a', 'z'));
      texts.add(randomText(random, length, '一', '龥'));
    }
    String longest = texts.getLast();
    texts.add(Digests.hex(Digests.sha256(longest.getBytes(StandardCharsets.UTF_8))));
    texts.add("#" + texts.getLast());
    texts.add("t#" + Digests.hex(Digests.sha256(longest.getBytes(StandardCharsets.UTF_8))));
    texts.addAll(
        List.of(":", "#", "\n", "\r\n", "\t", "a\nb", "1:a", "t:a", "*", "b", "\u2028", "|"));
    return texts;
  }

  private static String randomText(Random random, int length, char from, char to) {
    return random
        .ints(length, from, to + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void tag_ofWhateverTextAndLength_picksItsOwn() {
    List<String> texts = texts();
    List<Registration> holders =
        texts.stream().map(text -> add(aRegistration().tagged(text))).toList();

    for (int i = 0; i < texts.size(); i++) {
      assertThat(picked(new HasTag(texts.get(i)))).containsExactly(holders.get(i).id());
    }
    assertThat(segments().tags(SHOP, 999)).containsExactlyInAnyOrderElementsOf(texts);
    store().registrations().remove(holders.getFirst().id(), Fixtures.NOW);
    assertThat(picked(new HasTag(texts.getFirst()))).isEmpty();
  }

  @Test
  void attributeAndRegion_ofWhateverTextAndLength_pickTheirOwn() {
    List<String> texts = texts();
    List<Registration> holders =
        texts.stream()
            .map(text -> add(aRegistration().in(text).attributes(Map.of("a", text, text, "b"))))
            .toList();

    for (int i = 0; i < texts.size(); i++) {
      RegistrationId own = holders.get(i).id();
      assertThat(picked(new InRegion(texts.get(i)))).containsExactly(own);
      assertThat(picked(new HasAttribute("a", texts.get(i)))).contains(own).hasSizeLessThan(3);
      assertThat(picked(new HasAttribute(texts.get(i), "b"))).contains(own).hasSizeLessThan(3);
    }
  }

  @Test
  void attribute_whereverItsNameEnds_picksItsOwn() {
    for (String between : List.of("\n", ":", "=", "1:", "\u001f", "#", "x".repeat(2_000))) {
      Registration early =
          add(aRegistration().attributes(Map.of("a", "b" + between + "c" + between)));
      Registration late =
          add(aRegistration().attributes(Map.of("a" + between + "b", "c" + between)));
      Registration last =
          add(aRegistration().attributes(Map.of("a" + between + "b" + between + "c", between)));

      assertThat(picked(new HasAttribute("a", "b" + between + "c" + between)))
          .containsExactly(early.id());
      assertThat(picked(new HasAttribute("a" + between + "b", "c" + between)))
          .containsExactly(late.id());
      assertThat(picked(new HasAttribute("a" + between + "b" + between + "c", between)))
          .containsExactly(last.id());
      assertThat(picked(new HasAttribute("ab", "c"))).isEmpty();
    }
  }

  @Test
  void blocked_areThoseWhoAre() {
    Registration ada = add(aRegistration());
    Registration bob = add(aRegistration());
    store()
        .registrations()
        .replace(ada.changed(ada.device(), ada.profile(), ada.reachability().blocked(true)));

    assertThat(picked(new Segment.Blocked())).containsExactly(ada.id());
    assertThat(picked(new All(List.of()).reachable())).containsExactly(bob.id());
  }

  @Test
  void registrationSet_isFixed_whateverBecomesOfItsMembers() {
    Registration ada = add(aRegistration().tagged("vip"));
    RegistrationSet registrationSet = segments().resolve(SHOP, new HasTag("vip"));

    store().registrations().replace(ada.changed(ada.device(), Profile.EMPTY, ada.reachability()));
    Registration late = add(aRegistration().tagged("vip"));

    assertThat(registrationSet.size()).isEqualTo(1);
    assertThat(segments().intersect(registrationSet, List.of(ada.id(), late.id())))
        .containsExactly(ada.id());
  }

  @Test
  void some_areAsManyAsAskedFor_ofThoseStillThere() {
    List<Registration> all =
        IntStream.range(0, 7).mapToObj(_ -> add(aRegistration().tagged("vip"))).toList();
    RegistrationSet registrationSet = segments().resolve(SHOP, new HasTag("vip"));
    assertThat(segments().sample(registrationSet, 3)).hasSize(3).isSubsetOf(all);
    assertThat(segments().sample(registrationSet, 9)).containsExactlyInAnyOrderElementsOf(all);

    all.subList(0, 6).forEach(each -> store().registrations().remove(each.id(), NOW));

    assertThat(segments().sample(registrationSet, 3)).containsExactly(all.getLast());
    store().registrations().remove(all.getLast().id(), NOW);
    assertThat(segments().sample(registrationSet, 3)).isEmpty();
  }

  @Test
  void tags_areThoseThatTheAppsRegistrationsHave() {
    add(aRegistration().tagged("b", "é", "a"));
    Registration other = add(aRegistration().tagged("b", "B", "😀", "￥"));
    add(aRegistration().of(BANK).tagged("bank"));
    add(aRegistration().in("r").attributes(Map.of("u:", ";")));

    assertThat(segments().tags(SHOP, 9)).containsExactly("B", "a", "b", "é", "￥", "😀");
    assertThat(segments().tags(SHOP, 2)).containsExactly("B", "a");
    assertThat(segments().tags(BANK, 9)).containsExactly("bank");

    store().registrations().remove(other.id(), NOW);

    assertThat(segments().tags(SHOP, 9)).containsExactly("a", "b", "é");
  }

  @Test
  void segments_ofAnyShape_pickExactlyWhomTheyCover() {
    var random = new Random(20_261_121);
    List<Registration> all =
        new ArrayList<>(IntStream.range(0, 120).mapToObj(_ -> add(any(random))).toList());
    for (int i = 0; i < all.size(); i += 3) {
      Registration before = all.get(i);
      Registration like = any(random).build();
      Registration after = before.changed(like.device(), like.profile(), before.reachability());
      assertThat(store().registrations().replace(after)).isTrue();
      all.set(i, after);
    }

    for (int i = 0; i < 300; i++) {
      Segment segment = segment(random, 4, all);
      assertThat(picked(segment))
          .as(segment.toString())
          .isEqualTo(
              all.stream()
                  .filter(segment::covers)
                  .map(Registration::id)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void manyChangedAtOnce_areAllFound() {
    List<Registration> all =
        ConcurrentCalls.among(60, i -> add(aRegistration().tagged(TAGS.get(i % 3), "everyone")));

    assertThat(picked(new HasTag("everyone"))).hasSize(60);
    ConcurrentCalls.among(
        all.size(),
        i ->
            store()
                .registrations()
                .replace(
                    all.get(i)
                        .changed(all.get(i).device(), Profile.EMPTY, all.get(i).reachability())));

    assertThat(picked(new HasTag("everyone"))).isEmpty();
    assertThat(picked(new HasTag(TAGS.getFirst()))).isEmpty();
    assertThat(picked(new All(List.of()))).hasSize(60);
  }

  private static <T> T oneOf(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static RegistrationBuilder any(Random random) {
    var tags = new HashSet<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(oneOf(random, TAGS));
    }
    var builder =
        aRegistration()
            .on(oneOf(random, List.of(Platform.values())))
            .attributes(Map.of("os", Integer.toString(random.nextInt(3))))
            .tagged(tags.toArray(String[]::new));
    if (random.nextBoolean()) {
      builder.alias(oneOf(random, NAMES));
    }
    if (random.nextBoolean()) {
      builder.ofUser(oneOf(random, NAMES));
    }
    return random.nextBoolean() ? builder.in("cn-north") : builder;
  }

  private static Segment segment(Random random, int depth, List<Registration> all) {
    return switch (random.nextInt(depth == 0 ? 7 : 10)) {
      case 0 -> new HasTag(oneOf(random, TAGS));
      case 1 -> new HasAlias(oneOf(random, NAMES));
      case 2 -> new HasUser(oneOf(random, NAMES));
      case 3 -> new RegistrationIs(oneOf(random, all).id());
      case 4 -> new OnPlatform(oneOf(random, List.of(Platform.values())));
      case 5 -> new InRegion(random.nextBoolean() ? "cn-north" : "nowhere");
      case 6 -> new HasAttribute("os", Integer.toString(random.nextInt(4)));
      case 7 -> new All(parts(random, depth, all));
      case 8 -> new Any(parts(random, depth, all));
      default -> new Not(segment(random, depth - 1, all));
    };
  }

  private static List<Segment> parts(Random random, int depth, List<Registration> all) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(_ -> segment(random, depth - 1, all))
        .toList();
  }
}
