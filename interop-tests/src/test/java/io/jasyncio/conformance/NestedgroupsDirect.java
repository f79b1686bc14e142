package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.failures;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.CoroutineAction;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Task groups within each other and within timeouts, in direct style. */
class NestedgroupsDirect {

    @Twin("a_group_in_a_group_fails_as_a_part_of_it")
    void aGroupInAGroupFailsAsAPartOfIt(Trace trace) throws Exception {
        CoroutineAction inner = () -> taskGroup(group -> {
            group.createTask(failAfter(1, "inner"));
            return group.createTask(sleeper(trace, "inner sibling", 10));
        });
        var outerSibling = new ArrayList<Task<?>>();
        try {
            taskGroup(group -> {
                group.createTask(inner);
                return outerSibling.add(group.createTask(sleeper(trace, "outer sibling", 10)));
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("outer sibling", outerSibling.get(0).isCancelled(), "after", millis());
    }

    @Twin("a_failure_of_the_outer_group_passes_through_the_inner_block")
    void aFailureOfTheOuterGroupPassesThroughTheInnerBlock(Trace trace) throws Exception {
        try {
            taskGroup(outer -> {
                outer.createTask(failAfter(1, "outer"));
                try {
                    return taskGroup(inner -> {
                        return inner.createTask(sleeper(trace, "inner child", 10));
                    });
                } catch (Exception thrown) {
                    trace.add("inner", thrown, "requests", requests());
                    throw thrown;
                }
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("requests", requests());
    }

    @Twin("nested_groups_that_fail_in_the_same_pass_leave_no_request_behind")
    void nestedGroupsThatFailInTheSamePassLeaveNoRequestBehind(Trace trace) throws Exception {
        try {
            taskGroup(outer -> {
                outer.createTask(failAfter(1, "outer"));
                return taskGroup(inner -> {
                    inner.createTask(failAfter(1, "inner"));
                    return await(sleep(seconds(10)));
                });
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("requests", requests());
        await(sleep(seconds(1)));
        trace.add("slept");
    }

    @Twin("a_timeout_around_a_group_cancels_it")
    void aTimeoutAroundAGroupCancelsIt(Trace trace) throws Exception {
        for (var bodyWaits : List.of(true, false)) {
            CoroutineAction block = () -> taskGroup(group -> {
                group.createTask(sleeper(trace, "child", 10));
                return bodyWaits ? await(sleep(seconds(10))) : null;
            });
            try {
                timeout(seconds(1), block);
            } catch (TimeoutException late) {
                trace.add(late, "requests", requests(), "at", millis());
            }
        }
    }

    @Twin("a_failure_goes_before_the_timeout_around_the_group")
    void aFailureGoesBeforeTheTimeoutAroundTheGroup(Trace trace) throws Exception {
        CoroutineAction block = () -> taskGroup(group -> {
            return group.createTask(GroupcancelsDirect.failWhenCancelled());
        });
        try {
            timeout(seconds(1), block);
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("requests", requests());
        await(sleep(seconds(1)));
        trace.add("slept");
    }

    @Twin("a_timeout_in_a_group_is_a_failure_like_any_other")
    void aTimeoutInAGroupIsAFailureLikeAnyOther(Trace trace) throws Exception {
        CoroutineAction impatient = () -> timeout(seconds(1), () -> await(sleep(seconds(10))));
        try {
            taskGroup(group -> {
                group.createTask(impatient);
                return group.createTask(sleeper(trace, "sibling", 10));
            });
        } catch (ExceptionGroup failed) {
            trace.add("in the child", failures(failed));
        }
        try {
            taskGroup(group -> {
                group.createTask(sleeper(trace, "child", 10));
                impatient.run();
                return null;
            });
        } catch (ExceptionGroup failed) {
            trace.add("in the body", failures(failed));
        }
        trace.add("requests", requests());
    }
}
