# Varnish 7 before the machines of the site, for readers' pages: /etc/varnish/newsroom.vcl.
#
#   varnishd -a 127.0.0.1:6081 -f /etc/varnish/newsroom.vcl -s malloc,2g -p http_gzip_support=off
#
# Pages come compressed from the site, by Brotli or gzip, so Varnish's own gzip is off. The site says how long a page may
# be kept (NEWSROOM_SHARED_SECONDS, as s-maxage) and what it is made of (Surrogate-Key), and asks with PURGE to drop what
# has changed: PURGE_URLS=varnish+http://127.0.0.1:6081 for each Varnish.

vcl 4.1;

import directors;
import std;

probe health {
    .request = "GET /healthz HTTP/1.1" "Host: paper.example" "X-Forwarded-Proto: https" "Connection: close";
    .interval = 2s;
    .timeout = 1s;
    .window = 4;
    .threshold = 2;
}

backend one { .host = "10.0.0.11"; .port = "8000"; .probe = health; .first_byte_timeout = 60s; }
backend two { .host = "10.0.0.12"; .port = "8000"; .probe = health; .first_byte_timeout = 60s; }

acl purgers {
    "127.0.0.1";
    "::1";
    "10.0.0.0"/24;
}

sub vcl_init {
    new site = directors.round_robin();
    site.add_backend(one);
    site.add_backend(two);
}

sub vcl_recv {
    set req.backend_hint = site.backend();

    if (req.method == "PURGE") {
        # Who came through a proxy has its address before the proxy's: a reader is no purger, wherever the proxy stands.
        if (client.ip !~ purgers || req.http.X-Forwarded-For != "" + client.ip) {
            return (synth(403, "Not yours to purge"));
        }
        if (req.http.Surrogate-Key == "*") {
            if (!std.ban("obj.status != 0")) {
                return (synth(500, "Not purged"));
            }
        } elsif (req.http.Surrogate-Key ~ "^[-A-Za-z0-9._~%/]+( [-A-Za-z0-9._~%/]+)*$") {
            # Only of the object, so that the lurker can clear it away in the background.
            if (!std.ban("obj.http.Surrogate-Key ~ (^|\s)(" + regsuball(regsuball(req.http.Surrogate-Key, "\.", "\\."), " ", "|") + ")(\s|$)")) {
                return (synth(500, "Not purged"));
            }
        } else {
            return (synth(400, "No keys"));
        }
        return (synth(200, "Purged"));
    }

    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # The desk, private links, monitors; and whoever is signed in or has just published.
    if (req.url ~ "^/(admin|preview|calendar)/" || req.url ~ "^/(healthz|readyz|metrics)$"
        || req.http.Authorization || req.http.Cookie ~ "(^|;\s*)(sessionid|newsroom_primary)=") {
        return (pass);
    }
    unset req.http.Cookie;

    if (req.http.Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    # While the site is well, what has grown old is sent for half a minute at most, while a new copy is fetched.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 30s;
    }
}

sub vcl_hash {
    # A page names its own address in full: what came by http is not for https.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        if (bereq.is_bgfetch) {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 1s;
        return (deliver);
    }
    # What no key can drop is not kept for long: a picture, after its story is withdrawn; not at all where nobody said
    # so: an address that leads nowhere may be a story's in a moment. Static files have their content in their name.
    if (!beresp.http.Cache-Control) {
        set beresp.uncacheable = true;
        set beresp.ttl = 1s;
        return (deliver);
    }
    if (!beresp.http.Surrogate-Key && bereq.url !~ "^/static/" && beresp.ttl > 60s) {
        set beresp.ttl = 60s;
    }
    # Kept for when no machine answers.
    if (beresp.ttl > 0s && (beresp.http.Surrogate-Key || bereq.url ~ "^/static/")) {
        set beresp.grace = 1h;
    }
}

sub vcl_deliver {
    # What is between the site and its caches is nobody else's; a browser asks each time, and is answered with 304.
    unset resp.http.Surrogate-Key;
    unset resp.http.Cache-Tag;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    if (resp.http.Cache-Control ~ "s-maxage=") {
        set resp.http.Cache-Control = "public, max-age=0, must-revalidate";
        unset resp.http.Age;
    }
}

sub vcl_synth {
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    synthetic(resp.reason + {"
"});
    return (deliver);
}

sub vcl_backend_error {
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "5";
    synthetic({"The newsroom does not answer just now. Please try again in a minute.
"});
    return (deliver);
}
