package org.stratobox.sync.mesh.rest;

import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.NodeMarker;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

import okhttp3.HttpUrl;

/// The URLs of one account on one server.
///
/// @param account the account's part, without a slash at the end
/// @param pin SHA-256 of the SubjectPublicKeyInfo the server must show
record NodeUrl(HttpUrl account, Optional<Digest256> pin) {
    private static final String PIN = "sha256=";

    static NodeUrl of(String url, String accountTagHex) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw new IllegalArgumentException("A rest: address looks like rest:https://host:port/");
        }
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            throw new IllegalArgumentException("Give the user and password apart from the address");
        }
        Optional<Digest256> pin = Optional.ofNullable(parsed.fragment()).map(NodeUrl::pin);
        if (parsed.query() != null || (pin.isPresent() && !parsed.isHttps())) {
            throw new IllegalArgumentException("A rest: address has no query, and a pin only with https");
        }
        HttpUrl account = parsed.newBuilder().fragment(null)
                .addPathSegment(NodeMarker.requireAccountTag(accountTagHex)).build();
        return new NodeUrl(account, pin);
    }

    private static Digest256 pin(String fragment) {
        if (!fragment.startsWith(PIN) || !Digest256.isHex(fragment.substring(PIN.length()))) {
            throw new IllegalArgumentException("A pin looks like #sha256= and 64 lower-case hexadecimal digits");
        }
        return Digest256.parse(fragment.substring(PIN.length()));
    }

    HttpUrl create() {
        return account.newBuilder().addPathSegment("").addQueryParameter("create", "true").build();
    }

    HttpUrl config() {
        return account.newBuilder().addPathSegment(NodeMarker.NAME).build();
    }

    HttpUrl listing(Space space) {
        return account.newBuilder().addPathSegment(space.directory()).addPathSegment("").build();
    }

    HttpUrl news(Space space, long waitSeconds, Cursor after) {
        return listing(space).newBuilder().addQueryParameter("wait", Long.toString(waitSeconds))
                .addQueryParameter("after", after.text()).build();
    }

    HttpUrl object(Space space, ObjectName name) {
        return account.newBuilder().addPathSegment(space.directory()).addPathSegment(name.hex()).build();
    }
}
