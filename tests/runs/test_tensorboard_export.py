import struct

from sr_desktop.runs import tensorboard_export


def test_the_checksum_is_crc_32c():
    # RFC 3720, B.4: 32 bytes of zeros give 0x8A9136AA.
    (masked,) = struct.unpack("<I", tensorboard_export._masked_crc(bytes(32)))
    unmasked = (masked - 0xA282EAD8) & 0xFFFFFFFF
    assert (unmasked >> 17 | unmasked << 15) & 0xFFFFFFFF == 0x8A9136AA


def test_every_record_is_whole_and_curves_are_where_tensorboard_looks(tmp_path):
    events = [
        {"event": "step", "step": 300, "time_s": 2.0, "mean": 0.5, "learning_rate": 0.001},
        {"event": "check", "step": 300, "time_s": 2.5, "psnr_db": 31.25, "base_psnr_db": None},
    ]
    tensorboard_export.write(events, tmp_path)
    content = (tmp_path / tensorboard_export.FILE_NAME).read_bytes()
    records = []
    while content:
        (length,) = struct.unpack("<Q", content[:8])
        body = content[12 : 12 + length]
        assert content[8:12] == tensorboard_export._masked_crc(content[:8])
        assert content[12 + length : 16 + length] == tensorboard_export._masked_crc(body)
        records.append(body)
        content = content[16 + length :]
    assert b"brain.Event:2" in records[0]
    assert [record.count(b"loss/train") for record in records[1:]] == [1, 0, 0]
    assert struct.pack("<f", 31.25) in records[3]
    assert b"psnr/held_out" in records[3]
    assert b"\x10\xac\x02" in records[1]  # step 300 as a varint
