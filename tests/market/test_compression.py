"""Pages travel small: a phone with a patchy network pays for every byte."""

import brotli


def test_a_page_is_sent_compressed_to_a_browser_that_can_read_it(client):
    plain = client.get("/login")
    small = client.get("/login", headers={"Accept-Encoding": "br"})
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.data) < len(plain.data) / 2
    assert b"Masuk ke Pasok" in brotli.decompress(small.data)
    assert "Accept-Encoding" in small.headers["Vary"]
