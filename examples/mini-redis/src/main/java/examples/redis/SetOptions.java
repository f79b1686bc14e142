package examples.redis;

/**
 * What stands behind the value of a {@code SET}.
 *
 * @param onlyIfAbsent NX
 * @param onlyIfPresent XX
 * @param get GET: the reply is the old value
 * @param keepExpiry KEEPTTL
 * @param expires whether one of EX, PX, EXAT and PXAT is there
 * @param expiresAt when, in milliseconds since 1970
 */
record SetOptions(
        boolean onlyIfAbsent, boolean onlyIfPresent, boolean get, boolean keepExpiry, boolean expires, long expiresAt) {

    static final SetOptions NONE = new SetOptions(false, false, false, false, false, 0);

    /** Whether the old value does not matter. */
    boolean plain() {
        return !onlyIfAbsent && !onlyIfPresent && !get;
    }

    static SetOptions parse(Request request, long now) throws CommandException {
        var nx = false;
        var xx = false;
        var get = false;
        var keep = false;
        var timeAt = 0;
        for (var i = 3; i < request.count(); i++) {
            if (request.is(i, "NX") && !xx) {
                nx = true;
            } else if (request.is(i, "XX") && !nx) {
                xx = true;
            } else if (request.is(i, "GET")) {
                get = true;
            } else if (request.is(i, "KEEPTTL") && timeAt == 0) {
                keep = true;
            } else if (isTime(request, i) && timeAt == 0 && !keep && i + 1 < request.count()) {
                timeAt = i++;
            } else {
                throw CommandException.syntaxError();
            }
        }
        var expiresAt = timeAt == 0 ? 0 : time(request, timeAt, now);
        return new SetOptions(nx, xx, get, keep, timeAt != 0, expiresAt);
    }

    private static boolean isTime(Request request, int index) {
        return request.is(index, "EX")
                || request.is(index, "PX")
                || request.is(index, "EXAT")
                || request.is(index, "PXAT");
    }

    private static long time(Request request, int index, long now) throws CommandException {
        var number = request.number(index + 1);
        if (number <= 0) {
            throw Expiry.invalid("set");
        }
        var seconds = request.is(index, "EX") || request.is(index, "EXAT");
        var relative = request.is(index, "EX") || request.is(index, "PX");
        return Expiry.time(number, seconds, relative ? now : 0, "set");
    }
}
