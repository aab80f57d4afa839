package io.mha4j.topology.details;

import java.util.Optional;

/**
 * What a host showed of the clients' address that the manager moves itself ({@code vip}). Every problem is one clause.
 *
 * @param unable  why our account there can neither take nor give it
 * @param nowhere why there is no interface to give it to
 * @param held    whether it is there
 */
public record AddressPlace(Optional<String> unable, Optional<String> nowhere, boolean held) {}
