package examples.redis;

/**
 * What stands behind the time of an {@code EXPIRE}.
 *
 * @param onlyNew NX: only if the key would stay for ever
 * @param onlyChange XX: only if it would not
 * @param onlyLater GT: only if it stays longer than before
 * @param onlyEarlier LT: only if it does not
 */
record ExpireCondition(boolean onlyNew, boolean onlyChange, boolean onlyLater, boolean onlyEarlier) {

    static ExpireCondition parse(Request request) throws CommandException {
        var nx = false;
        var xx = false;
        var gt = false;
        var lt = false;
        for (var i = 3; i < request.count(); i++) {
            if (request.is(i, "NX")) {
                nx = true;
            } else if (request.is(i, "XX")) {
                xx = true;
            } else if (request.is(i, "GT")) {
                gt = true;
            } else if (request.is(i, "LT")) {
                lt = true;
            } else {
                throw new CommandException("ERR Unsupported option " + request.text(i));
            }
        }
        if (nx && (xx || gt || lt)) {
            throw new CommandException("ERR NX and XX, GT or LT options at the same time are not compatible");
        }
        if (gt && lt) {
            throw new CommandException("ERR GT and LT options at the same time are not compatible");
        }
        return new ExpireCondition(nx, xx, gt, lt);
    }

    boolean holds(Entry entry, long time) {
        var before = entry.expires() ? entry.expiresAt : Long.MAX_VALUE;
        return !(onlyNew && entry.expires()
                || onlyChange && !entry.expires()
                || onlyLater && time <= before
                || onlyEarlier && time >= before);
    }
}
