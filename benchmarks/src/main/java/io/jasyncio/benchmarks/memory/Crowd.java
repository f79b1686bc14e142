package io.jasyncio.benchmarks.memory;

import io.jasyncio.benchmarks.scenario.Host;
import java.util.Arrays;
import java.util.NoSuchElementException;

/** Who sleeps. */
enum Crowd {
    LAUNCH("jasyncio: launch { delay }", CoroutineSleepers.launch(Host.JASYNCIO)),
    TASK("jasyncio: createTask { delay }", CoroutineSleepers.createTask()),
    STAGE("jasyncio: stage style", JavaSleepers.stage()),
    DIRECT("jasyncio: direct style", JavaSleepers.direct()),
    RUN_BLOCKING("kotlinx runBlocking: launch { delay }", CoroutineSleepers.launch(Host.RUN_BLOCKING));

    private final String title;
    private final Sleepers sleepers;

    Crowd(String title, Sleepers sleepers) {
        this.title = title;
        this.sleepers = sleepers;
    }

    String title() {
        return title;
    }

    Sleepers sleepers() {
        return sleepers;
    }

    static Crowd named(String name) {
        return Arrays.stream(values())
                .filter(crowd -> crowd.name().equalsIgnoreCase(name.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(
                        "there is no crowd '" + name + "'; there are " + Arrays.toString(values())));
    }
}
