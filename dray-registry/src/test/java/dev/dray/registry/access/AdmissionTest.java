package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.dray.http.ClientAddress;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {
    private static final ClientAddress HERE = new ClientAddress("127.0.0.1");
    private static final RepositoryName APP = RepositoryName.parse("team-a/app");

    @TempDir
    Path folder;

    private static Optional<String> basic(String user, String password) {
        return Optional.of("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    private Path users() throws IOException {
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "pw".toCharArray());
        return Files.writeString(folder.resolve("users"), "ann:" + hash + "\n");
    }

    private Path rules(String text) throws IOException {
        return Files.writeString(folder.resolve("access"), text);
    }

    @Test
    void withoutFilesEverybodyMayDoEverything() {
        Admission admission = Admission.ofFiles(Optional.empty(), Optional.empty(), AccessListener.SILENT);
        assertThat(admission.isOpen()).isTrue();
        assertThat(admission.access().may(admission.identify(basic("who", "ever"), HERE), APP, Action.DELETE))
                .isTrue();
    }

    @Test
    void withUsersAloneEveryUserMayDoEverythingAndNobodyElseAnything() throws IOException {
        Admission admission = Admission.ofFiles(Optional.of(users()), Optional.empty(), AccessListener.SILENT);
        assertThat(admission.access().may(admission.identify(basic("ann", "pw"), HERE), APP, Action.DELETE))
                .isTrue();
        assertThat(admission.access().may(admission.identify(Optional.empty(), HERE), APP, Action.PULL))
                .isFalse();
        assertThat(admission.access().admitsAnonymous()).isFalse();
        assertThatThrownBy(() -> admission.identify(basic("ann", "wrong"), HERE))
                .isInstanceOf(DrayException.class);
    }

    @Test
    void withRulesAloneOnlyThoseForAnyoneHold() throws IOException {
        Path file = rules("""
            rules:
              - {repositories: "team-a/**", anyone: true, actions: [pull]}
              - {repositories: "team-a/**", users: [ann], actions: [push]}
            """);
        Admission admission = Admission.ofFiles(Optional.empty(), Optional.of(file), AccessListener.SILENT);
        Caller caller = admission.identify(basic("ann", "pw"), HERE);
        assertThat(caller).isEqualTo(Caller.ANONYMOUS);
        assertThat(admission.access().may(caller, APP, Action.PULL)).isTrue();
        assertThat(admission.access().may(caller, APP, Action.PUSH)).isFalse();
    }

    @Test
    void fileThatDoesNotParseStopsTheStartAndNamesItself() throws IOException {
        Path file = rules("rules: 5");
        assertThatThrownBy(() -> Admission.ofFiles(Optional.empty(), Optional.of(file), AccessListener.SILENT))
                .hasMessage(file + ": line 1: \"rules\" is not a list");
        assertThatThrownBy(() -> Admission.ofFiles(
                        Optional.of(folder.resolve("absent")), Optional.empty(), AccessListener.SILENT))
                .hasMessage("there is no file " + folder.resolve("absent"));
    }

    @Test
    void changedFileIsReadAgainAndABrokenOneLeavesTheOldRulesInForce() throws IOException {
        List<String> heard = new ArrayList<>();
        Path file = rules("rules: [{repositories: a, users: [ann], actions: [pull]}]");
        WatchedFile<AccessRules> watched = new WatchedFile<>(file, AccessRules::parse, recorder(heard));
        RepositoryName a = RepositoryName.parse("a");

        rules("rules: [{repositories: a, users: [ann], actons: [push]}]");
        watched.look();
        watched.look();
        assertThat(watched.get().may(Caller.user("ann"), a, Action.PULL)).isTrue();
        assertThat(heard)
                .containsExactly("refused: " + file + ": line 1: unknown key \"actons\", did you mean \"actions\"?");

        rules("rules: [{repositories: a, users: [ann], actions: [push]}]");
        watched.look();
        assertThat(watched.get().may(Caller.user("ann"), a, Action.PULL)).isFalse();
        assertThat(watched.get().may(Caller.user("ann"), a, Action.PUSH)).isTrue();
        assertThat(heard).hasSize(2).last().isEqualTo("reloaded");
    }

    @Test
    void removedFileLeavesTheOldRulesInForceAndIsReportedOnce() throws IOException {
        List<String> heard = new ArrayList<>();
        Path file = rules("rules: [{repositories: a, users: [ann], actions: [pull]}]");
        WatchedFile<AccessRules> watched = new WatchedFile<>(file, AccessRules::parse, recorder(heard));
        Files.delete(file);
        watched.look();
        watched.look();
        assertThat(heard).hasSize(1).first().asString().startsWith("refused: cannot read " + file);
        assertThat(watched.get().rules()).hasSize(1);
    }

    private static AccessListener recorder(List<String> heard) {
        return new AccessListener() {
            @Override
            public void reloaded(Path file) {
                heard.add("reloaded");
            }

            @Override
            public void refused(Path file, String why) {
                heard.add("refused: " + why);
            }
        };
    }
}
