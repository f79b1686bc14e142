#!/usr/bin/env bash
# Makes the keys and certificates of the TLS tests, good from 2001 until 2124. They are in the repository, so that every run of the
# tests sees the same ones; run this only to change them. Needs nothing but keytool of JDK 17 or newer.
set -euo pipefail
cd "$(dirname "$0")"
rm -f ./*.p12
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
all=(-keystore "$work/all.p12" -storetype PKCS12 -storepass changeit)
long=(-startdate "2001/01/01 00:00:00" -validity 45000)
ec=(-keyalg EC -groupname secp256r1)

# name, distinguished name, and what else keytool shall be told; signed by the authority
key() {
    local name=$1 subject=$2
    shift 2
    keytool -genkeypair -alias "$name" -dname "$subject" -signer authority "$@" "${all[@]}"
    keytool -importkeystore -srckeystore "$work/all.p12" -srcstorepass changeit -srcalias "$name" \
        -destkeystore "$name.p12" -deststoretype PKCS12 -deststorepass changeit -destalias "$name"
}

here="san=dns:localhost,dns:echo.example.test,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1"
keytool -genkeypair -alias authority -dname "CN=jasyncio test authority" -ext bc:c=ca:true "${ec[@]}" "${long[@]}" "${all[@]}"
key server "CN=localhost" -ext "$here" "${ec[@]}" "${long[@]}"
key rsa "CN=localhost" -ext "$here" -keyalg RSA -keysize 2048 "${long[@]}"
key other "CN=other.example.test" -ext "san=dns:other.example.test" "${ec[@]}" "${long[@]}"
key expired "CN=localhost" -ext "$here" "${ec[@]}" -startdate "2001/01/01 00:00:00" -validity 365
key client "CN=client" -ext "eku=clientAuth" "${ec[@]}" "${long[@]}"

# of a stranger: nobody has signed it but himself
keytool -genkeypair -alias stranger -dname "CN=localhost" -ext "$here" "${ec[@]}" "${long[@]}" \
    -keystore stranger.p12 -storetype PKCS12 -storepass changeit

# whom the tests trust
keytool -exportcert -alias authority -file "$work/authority.cer" "${all[@]}"
keytool -importcert -noprompt -alias authority -file "$work/authority.cer" \
    -keystore trust.p12 -storetype PKCS12 -storepass changeit
