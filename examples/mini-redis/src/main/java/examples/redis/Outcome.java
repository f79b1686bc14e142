package examples.redis;

/** What is left to do for the connection once a command was executed. */
public enum Outcome {
    /** Nothing: the reply is written. */
    DONE,

    /** The list that the first argument names has got values, and the reply is written: serve who waits for them. */
    PUSHED,

    /** Nothing is written. Wait for {@link Session#blockingPop}; the client's further commands wait too. */
    BLOCK,

    /** Nothing is written. Subscribe to the channels that the arguments name. */
    SUBSCRIBE,

    /** Nothing is written. Unsubscribe from the channels that the arguments name, or from all. */
    UNSUBSCRIBE,

    /** Nothing is written. Subscribe to the patterns that the arguments are. */
    PATTERN_SUBSCRIBE,

    /** Nothing is written. Unsubscribe from the patterns that the arguments are, or from all. */
    PATTERN_UNSUBSCRIBE,

    /** Nothing is written. Tell of the channels what the arguments ask for. */
    PUBSUB,

    /** Nothing is written. Send the second argument to the subscribers of the first. */
    PUBLISH,

    /** The reply is written. The client begins anew, without subscriptions. */
    RESET,

    /** The reply is written. Send it and close the connection. */
    CLOSE
}
