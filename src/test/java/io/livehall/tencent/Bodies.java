package io.livehall.tencent;

/** Callbacks as the cloud posts them, signed with {@link #KEY}. */
final class Bodies {
  static final String KEY = "f00dbabe0123456789abcdef00112233";

  static final String BEGAN =
      """
      {"app":"8888.livepush.myqcloud.com","appid":1250000000,"appname":"live","channel_id":"8888_user001",\
      "errcode":0,"errmsg":"ok","event_time":1546300800,"event_type":1,"height":0,"idc_id":34,"node":"10.0.0.1",\
      "sequence":"6674468118806626493","set_id":2,"sign":"798167c40d420af8d98cbe40c95bf95b",\
      "stream_id":"8888_user001","stream_param":"bizid=8888&txSecret=x&txTime=y","t":1546301400,\
      "user_ip":"10.0.0.2","width":0}""";

  static final String ENDED =
      """
      {"app":"8888.livepush.myqcloud.com","appid":1250000000,"appname":"live","channel_id":"8888_user001",\
      "errcode":1,"errmsg":"recv rtmp deleteStream","event_time":1546304400,"event_type":0,"height":0,"idc_id":34,\
      "node":"10.0.0.1","push_duration":"3600000","sequence":"6674468118806626493","set_id":2,\
      "sign":"d30ef590b56fa3f6021dfbf2fcaa3c4b","stream_id":"8888_user001",\
      "stream_param":"bizid=8888&txSecret=x&txTime=y","t":1546305000,"user_ip":"10.0.0.2","width":0}""";

  static final String RECORDED =
      """
      {"event_type":100,"appid":1250000000,"stream_id":"8888_user001","channel_id":"8888_user001",\
      "file_id":"9192487266581821586","video_id":"9192487266581821586","file_format":"flv",\
      "start_time":1546300800,"end_time":1546304400,"duration":3600,"file_size":9941521,\
      "video_url":"http://1250000000.vod2.myqcloud.com/x/y.flv","stream_param":"bizid=8888","task_id":"",\
      "sign":"2fa4b3b5d6f3ce842e26466efc48be7a","t":1546305600}""";

  static final String SHOT =
      """
      {"event_type":200,"stream_id":"8888_user001","channel_id":"8888_user001","create_time":1546300810,\
      "file_size":7520,"width":640,"height":352,\
      "pic_url":"/2019-01-01/8888_user001-screenshot-08-00-10-640x352.jpg",\
      "pic_full_url":"http://b-1250000000.cos.region.myqcloud.com/2019-01-01/x.jpg",\
      "sign":"ec920772603ca6398ce9444e0beabcee","t":1546301410}""";

  static final String MODERATED =
      """
      {"event_type":317,"streamId":"8888_user001","channelId":"8888_user001","img":"http://x/y.jpg","type":[1],\
      "score":[99],"hotScore":0,"pornScore":99,"suggestion":"Block","label":"Porn","subLabel":"PornHigh",\
      "screenshotTime":1546300820,"sendTime":1546300830,"ocrMsg":"",\
      "sign":"1498b187bdfb5fdb3c087759fcf3e55f","t":1546301430}""";

  private Bodies() {}
}
